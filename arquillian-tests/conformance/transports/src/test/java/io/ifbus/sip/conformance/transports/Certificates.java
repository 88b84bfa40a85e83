// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates, made by the JDK's keytool when a test first asks for them; their authority is a test's own. */
final class Certificates {
    /** Of the server: by its addresses. */
    static final String SERVER = "server";
    /** Of a peer at the loopback address. */
    static final String PEER = "peer";
    /** Of somebody else, at no address. */
    static final String STRANGER = "stranger";
    /** Of a peer, of last year. */
    static final String EXPIRED = "expired";
    /** By a SIP URI, of one domain. */
    static final String DOMAIN = "domain";

    private static final String PASSWORD = "changeit";
    private static final String HERE = "ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";
    private static final Map<String, KeyStore> STORES = new HashMap<>();
    private static final Path DIRECTORY = directory();

    private Certificates() {}

    /** The key of {@code name}, trusting the authority. */
    static SSLContext context(String name) throws GeneralSecurityException {
        return context(store(name), store("authority"));
    }

    /** No key, trusting the authority. */
    static SSLContext anonymous() throws GeneralSecurityException {
        return context(null, store("authority"));
    }

    /** A key that the authority has not signed, trusting nobody else. */
    static SSLContext selfSigned() throws GeneralSecurityException {
        return context(store("self"), store("self"));
    }

    private static SSLContext context(KeyStore keys, KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        try {
            anchors.load(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String alias : java.util.Collections.list(trusted.aliases())) {
            anchors.setCertificateEntry(alias, trusted.getCertificate(alias));
        }
        trust.init(anchors);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (keys != null) {
            own.init(keys, PASSWORD.toCharArray());
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static X509Certificate certificate(String name) throws GeneralSecurityException {
        return (X509Certificate) store(name).getCertificate(name);
    }

    private static synchronized KeyStore store(String name) {
        KeyStore known = STORES.get(name);
        if (known == null) {
            known = make(name);
            STORES.put(name, known);
        }
        return known;
    }

    private static KeyStore make(String name) {
        return switch (name) {
            case "authority" -> key(name, "-ext", "bc:c");
            case "self" -> key(name, "-ext", "san=" + HERE);
            case SERVER, PEER -> issue(name, "san=" + HERE, "-validity", "30");
            case STRANGER -> issue(name, "san=dns:stranger.example", "-validity", "30");
            case DOMAIN -> issue(name, "san=uri:sip:localhost,dns:elsewhere.example", "-validity", "30");
            case EXPIRED -> issue(name, "san=" + HERE, "-startdate", "-1y", "-validity", "30");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static KeyStore load(String name) {
        try (InputStream in = Files.newInputStream(file(name))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore key(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                file(name).toString()));
        arguments.addAll(List.of(more));
        keytool(name, arguments, new byte[0]);
        return load(name);
    }

    /** A key whose certificate the authority has signed; both are in the chain. */
    private static KeyStore issue(String name, String names, String... validity) {
        KeyStore authority = store("authority");
        key(name);
        byte[] request =
                keytool(name, List.of("-certreq", "-keystore", file(name).toString()), new byte[0]);
        List<String> sign = new ArrayList<>(List.of(
                "-gencert", "-ext", names, "-keystore", file("authority").toString()));
        sign.addAll(List.of(validity));
        byte[] signed = keytool("authority", sign, request);
        try {
            KeyStore store = load(name);
            Certificate own =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
            Certificate[] chain = {own, authority.getCertificate("authority")};
            store.setKeyEntry(name, store.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs keytool; what it writes. */
    private static byte[] keytool(String alias, List<String> arguments, byte[] input) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", alias, "-storepass", PASSWORD, "-storetype", "PKCS12"));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            }
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + new String(output, StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path file(String name) {
        return DIRECTORY.resolve(name + ".p12");
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "certificates");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
