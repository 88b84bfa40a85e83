// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores for a server and a client that trust each other, made by keytool as users make them. */
final class KeyStores {
    static final String PASSWORD = "for-tests-only";
    static final String KEYS = "sip.p12";
    static final String TRUST = "sip-trust.p12";

    private final Path server;
    private final Path client;

    /**
     * @param server the server's configuration directory, which gets its key store and its trust store
     * @param client a directory for the client's
     */
    KeyStores(Path server, Path client) throws IOException {
        this.server = server;
        this.client = client;
        makeKey(server, "server");
        makeKey(client, "client");
        trust(client, certificate(server));
        trust(server, certificate(client));
    }

    /** A client's context with a certificate that the server trusts, or with none. */
    SSLContext clientContext(boolean withCertificate) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(client.resolve(TRUST)));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(client.resolve(KEYS)), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(withCertificate ? keys.getKeyManagers() : new KeyManager[0], trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void makeKey(Path directory, String name) throws IOException {
        keytool(
                directory.resolve(KEYS),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
    }

    private Path certificate(Path directory) throws IOException {
        Path file = client.resolve(directory.equals(server) ? "server.pem" : "client.pem");
        keytool(
                directory.resolve(KEYS),
                "-exportcert",
                "-rfc",
                "-alias",
                directory.equals(server) ? "server" : "client",
                "-file",
                file.toString());
        return file;
    }

    private static void trust(Path directory, Path certificate) throws IOException {
        keytool(
                directory.resolve(TRUST),
                "-importcert",
                "-noprompt",
                "-alias",
                "peer",
                "-file",
                certificate.toString());
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        run(command);
    }

    /** Runs a command to its end; what it says is shown if it fails. */
    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + command, e);
        }
    }
}
