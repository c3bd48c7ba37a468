package io.rolecall.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes key and trust stores with the JDK's own tool. */
final class Keytool {

    static final String PASSWORD = "store-pass-1";

    private Keytool() {}

    /** A key store with a key for the loopback address, and a trust store with its certificate. */
    static void makeStores(Path keyStore, Path trustStore) throws IOException, InterruptedException {
        Path certificate = keyStore.resolveSibling("broker.crt");
        run("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2")
                .with("-dname", "CN=broker", "-ext", "san=ip:127.0.0.1,dns:localhost")
                .on(keyStore);
        run("-exportcert", "-alias", "broker", "-file", certificate.toString()).on(keyStore);
        run("-importcert", "-alias", "broker", "-noprompt", "-file", certificate.toString())
                .on(trustStore);
    }

    private static Call run(String... arguments) {
        return new Call(new ArrayList<>(List.of(arguments)));
    }

    private record Call(List<String> arguments) {

        Call with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        void on(Path store) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(arguments);
            command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        }
    }
}
