// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** Puts TLS over connected sockets as the settings say. Immutable. */
public final class SecureSockets {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final TlsSettings settings;
    private final String[] protocols;
    private final String[] cipherSuites; // null for the context's

    /** @throws IllegalArgumentException naming the protocol or cipher suite that is unknown, and those there are */
    public SecureSockets(TlsSettings settings) {
        this.settings = settings;
        SSLParameters supported = settings.context().getSupportedSSLParameters();
        this.protocols = known(
                "protocol",
                settings.protocols().isEmpty() ? PROTOCOLS : settings.protocols(),
                supported.getProtocols());
        this.cipherSuites = settings.cipherSuites().isEmpty()
                ? null
                : known("cipher suite", settings.cipherSuites(), supported.getCipherSuites());
    }

    private static String[] known(String what, List<String> asked, String[] supported) {
        for (String name : asked) {
            if (!Arrays.asList(supported).contains(name)) {
                throw new IllegalArgumentException("unknown TLS " + what + " '" + name + "'; supported are "
                        + new TreeSet<>(Arrays.asList(supported)));
            }
        }
        return asked.toArray(String[]::new);
    }

    /** The server's side of TLS over {@code plain}, which it closes with itself; nothing has been sent. */
    public SSLSocket server(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) settings.context().getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        switch (settings.clientCertificate()) {
            case NEEDED -> socket.setNeedClientAuth(true);
            case WANTED -> socket.setWantClientAuth(true);
            case NONE -> socket.setNeedClientAuth(false);
        }
        return configure(socket);
    }

    /** The client's side, toward the host called {@code name}; nothing has been sent. */
    public SSLSocket client(Socket plain, String name, int port) throws IOException {
        SSLSocket socket = (SSLSocket) settings.context().getSocketFactory().createSocket(plain, name, port, true);
        socket.setUseClientMode(true);
        return configure(socket);
    }

    private SSLSocket configure(SSLSocket socket) {
        socket.setEnabledProtocols(protocols);
        if (cipherSuites != null) {
            socket.setEnabledCipherSuites(cipherSuites);
        }
        return socket;
    }

    /** Shakes hands. @throws WireException saying what is wrong, with whose certificate */
    public static void handshake(SSLSocket socket) throws IOException {
        try {
            socket.startHandshake();
        } catch (IOException e) {
            throw new WireException(Reject.HANDSHAKE, "the TLS handshake failed: " + reasonOf(e), e);
        }
    }

    /** What is wrong in words: the innermost cause says it best. */
    public static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String alert = "Received fatal alert: ";
        if (text.startsWith(alert)) {
            return "the peer refused it: " + text.substring(alert.length());
        }
        return switch (root.getClass().getSimpleName()) {
            case "CertificateExpiredException" -> "the peer's certificate has expired (" + text + ")";
            case "CertificateNotYetValidException" -> "the peer's certificate is not valid yet (" + text + ")";
            case "SunCertPathBuilderException" -> "the peer's certificate is of an issuer that is not trusted";
            default -> text;
        };
    }

    /** The peer's certificate chain, its own first; empty when it has shown none. */
    public static List<X509Certificate> peerChain(SSLSocket socket) {
        try {
            Certificate[] chain = socket.getSession().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it need not show one
        }
    }
}
