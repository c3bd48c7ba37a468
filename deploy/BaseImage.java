import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a registry whether it has a container image, before minutes are spent on building upon it: {@code java BaseImage.java NAME}. Ends
 * with 1 when it surely has not, or does not answer; an image that needs a login is left to the build, which may have one.
 */
public final class BaseImage {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.docker.distribution.manifest.list.v2+json,"
            + "application/vnd.docker.distribution.manifest.v2+json";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private BaseImage() {}

    public static void main(String[] arguments) throws InterruptedException {
        String image = arguments.length == 1 ? arguments[0] : "";
        if (image.equals("scratch")) {
            return;
        }
        Optional<String> trouble = new BaseImage().trouble(image);
        if (trouble.isPresent()) {
            System.err.println("The base image " + image + " cannot be had: " + trouble.get() + ".\n"
                    + "-Dimage.base=NAME takes another (-Dimage.base=scratch none, for the layers alone);"
                    + " -Dimage.base.unchecked=true builds without asking, for a proxy or mirror that only Maven or Jib knows.");
            System.exit(1);
        }
    }

    private Optional<String> trouble(String image) throws InterruptedException {
        String registry = "registry-1.docker.io";
        String rest = image;
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            registry = first.equals("docker.io") ? registry : first;
            rest = image.substring(slash + 1);
        }
        String tag = "latest";
        int digest = rest.indexOf('@');
        int colon = rest.lastIndexOf(':');
        if (digest >= 0) {
            tag = rest.substring(digest + 1);
            rest = rest.substring(0, digest).replaceFirst(":[^/]*$", "");
        } else if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        if (registry.equals("registry-1.docker.io") && !rest.contains("/")) {
            rest = "library/" + rest;
        }
        boolean local = registry.matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
        String address = (local ? "http" : "https") + "://" + registry + "/v2/" + rest + "/manifests/" + tag;
        try {
            return ask(registry, URI.create(address));
        } catch (IllegalArgumentException e) {
            return Optional.of("that is no name of an image");
        } catch (ConnectException e) {
            return Optional.of(registry + " cannot be reached");
        } catch (IOException e) {
            return Optional.of(registry + " does not answer (" + e.getMessage() + ")");
        }
    }

    private Optional<String> ask(String registry, URI address) throws IOException, InterruptedException {
        HttpResponse<Void> answer = head(address, "");
        if (answer.statusCode() == 401) {
            Optional<String> token = token(answer.headers().firstValue("www-authenticate").orElse(""));
            if (token.isEmpty()) {
                return Optional.empty();
            }
            answer = head(address, token.get());
        }
        return switch (answer.statusCode()) {
            case 404 -> Optional.of(registry + " has none of that name");
            case 500, 502, 503, 504 -> Optional.of(registry + " answers " + answer.statusCode());
            default -> Optional.empty();
        };
    }

    private HttpResponse<Void> head(URI address, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Accept", MANIFESTS)
                .method("HEAD", HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    /** What registries give to anybody for the asking; empty when they give nothing. */
    private Optional<String> token(String challenge) throws IOException, InterruptedException {
        if (!challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(challenge);
        while (parameter.find()) {
            parameters.put(parameter.group(1), parameter.group(2));
        }
        if (!parameters.containsKey("realm")) {
            return Optional.empty();
        }
        URI realm = URI.create(parameters.get("realm") + "?service=" + parameters.getOrDefault("service", "") + "&scope="
                + parameters.getOrDefault("scope", ""));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(realm).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        Matcher token = Pattern.compile("\"(?:access_)?token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
        return answer.statusCode() == 200 && token.find() ? Optional.of(token.group(1)) : Optional.empty();
    }
}
