package io.rolecall.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key pair with a certificate of its own, made by the JDK's keytool, in the three forms in which stores come. */
final class TestCertificates {

    static final String PASSWORD = "changeit";

    private final Path directory;
    private final String name;

    private TestCertificates(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    static TestCertificates make(Path directory, String name) throws IOException, GeneralSecurityException {
        TestCertificates made = new TestCertificates(directory, name);
        made.keytool(
                "-genkeypair",
                made.keys("PKCS12"),
                "PKCS12",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        made.keytool(
                "-exportcert",
                made.keys("PKCS12"),
                "PKCS12",
                "-rfc",
                "-file",
                made.trusted("PEM").toString());
        for (String type : List.of("PKCS12", "JKS")) {
            String certificate = made.trusted("PEM").toString();
            made.keytool("-importcert", made.trusted(type), type, "-noprompt", "-file", certificate);
        }
        made.convertKeys();
        return made;
    }

    /** Store with the private key. */
    Path keys(String type) {
        return directory.resolve(name + "-keys." + type);
    }

    /** Store with the certificate, for those who are to trust it. */
    Path trusted(String type) {
        return directory.resolve(name + "-trusted." + type);
    }

    private void convertKeys() throws IOException, GeneralSecurityException {
        char[] password = PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(keys("PKCS12").toFile(), password);
        KeyStore jks = KeyStore.getInstance("JKS");
        jks.load(null, password);
        jks.setKeyEntry(name, keys.getKey(name, password), password, keys.getCertificateChain(name));
        try (var out = Files.newOutputStream(keys("JKS"))) {
            jks.store(out, password);
        }
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getKey(name, password).getEncoded());
        Files.writeString(
                keys("PEM"),
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n"
                        + Files.readString(trusted("PEM")));
    }

    private void keytool(String action, Path store, String type, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                action,
                "-alias",
                name,
                "-keystore",
                store.toString(),
                "-storetype",
                type,
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
