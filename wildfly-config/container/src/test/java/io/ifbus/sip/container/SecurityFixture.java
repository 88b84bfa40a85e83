// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.container.SipSecurity.Constraint;
import io.ifbus.sip.container.SipSecurity.Login;
import io.ifbus.sip.security.Challenge;
import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.DigestClient;
import io.ifbus.sip.security.SecuritySettings;
import io.ifbus.sip.security.User;
import io.ifbus.sip.security.Users;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;

/**
 * A server whose application wants callers to log in, and a caller. The users are alice, with the roles caller and boss,
 * and bob, with the role caller; their passwords are their names backwards.
 */
final class SecurityFixture implements AutoCloseable {
    static final String REALM = "example.com";
    static final Users USERS = (name, realm) -> switch (name) {
        case "alice" -> Optional.of(new Known("alice", Set.of("caller", "boss")));
        case "bob" -> Optional.of(new Known("bob", Set.of("caller")));
        default -> Optional.empty();
    };
    static final SecuritySettings SETTINGS = SecuritySettings.DEFAULTS.withUsers(USERS);

    final TestServer container;
    final SipApplication application;
    final RawPeer caller = new RawPeer();
    private final DigestClient client = new DigestClient(new Random());

    SecurityFixture(SecuritySettings settings, Constraint... constraints) throws Exception {
        this(settings, new Login("DIGEST", REALM, null), constraints);
    }

    SecurityFixture(SecuritySettings settings, Login login, Constraint... constraints) throws Exception {
        this(SipServerSettings.DEFAULTS, settings, login, constraints);
    }

    SecurityFixture(SipServerSettings server, SecuritySettings settings, Constraint... constraints) throws Exception {
        this(server, settings, new Login("DIGEST", REALM, null), constraints);
    }

    private SecurityFixture(SipServerSettings server, SecuritySettings settings, Login login, Constraint... constraints)
            throws Exception {
        Greeter.SEEN.clear();
        container = new TestServer(server, List.of());
        ApplicationDescriptor plain = TestServer.descriptor("guarded", Greeter.class);
        ApplicationDescriptor.Servlet servlet = plain.servlets().get(0);
        application = container.deploy(
                new ApplicationDescriptor(
                        "guarded",
                        plain.selection(),
                        List.of(new ApplicationDescriptor.Servlet(
                                servlet.name(), servlet.className(), 1, Map.of(), null, Map.of("chief", "boss"))),
                        List.of(),
                        Map.of(),
                        null,
                        0,
                        3,
                        false,
                        new SipSecurity(List.of(constraints), login, Set.of("caller", "boss"))),
                new Environment(settings));
    }

    /** All servlets and methods for those roles. */
    static Constraint roles(String... roles) {
        return new Constraint(List.of(), Set.of(), Set.of(roles), true, false, false);
    }

    /** What the caller asks for, without credentials; {@code headers} are complete lines. */
    String request(String method, String callId, int cseq, String... headers) {
        return with(caller.request(method, container.port, callId, null, cseq, ""), headers);
    }

    static String with(String request, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return request.replaceFirst("(?m)^Content-Length", Matcher.quoteReplacement(lines) + "Content-Length");
    }

    /** The answer to {@code request}: its final response, 100 and 18x passed over. */
    String hears(String request) {
        caller.send(request, container.port);
        String callId = RawPeer.header(request, "Call-ID");
        String cseq = RawPeer.header(request, "CSeq");
        while (true) {
            String response = caller.await("SIP/2.0", callId);
            if (!response.startsWith("SIP/2.0 1") && cseq.equals(RawPeer.header(response, "CSeq"))) {
                return response;
            }
        }
    }

    /** The same by TCP, of which the answer is one segment. */
    String hearsByTcp(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), container.port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(request.replace("SIP/2.0/UDP", "SIP/2.0/TCP").getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[8192];
            int length = socket.getInputStream().read(buffer);
            return new String(buffer, 0, length, StandardCharsets.UTF_8);
        }
    }

    static String status(String response) {
        return response.substring(8, 11);
    }

    static List<Challenge> challenges(String response, String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher values = Pattern.compile("(?m)^" + header + ": (.*)$").matcher(response);
        while (values.find()) {
            challenges.add(Challenge.parse(values.group(1)).orElseThrow());
        }
        return challenges;
    }

    static Challenge challenge(String response) {
        return challenges(response, "WWW-Authenticate").get(0);
    }

    /** A line with the credentials of that user. */
    String authorization(Challenge challenge, String name, String password, String method) {
        String uri = "sip:service@127.0.0.1:" + container.port;
        return "Authorization: "
                + client.answer(challenge, name, password, method, uri).headerValue();
    }

    static String password(String name) {
        return new StringBuilder(name).reverse().toString();
    }

    @Override
    public void close() {
        caller.close();
        container.close();
    }

    /** Answers everything, and tells who asked: {@code name roles}, or {@code nobody}. */
    public static class Greeter extends SipServlet {
        private static final long serialVersionUID = 1L;
        static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

        @Override
        protected void doRequest(SipServletRequest request) throws ServletException, IOException {
            SEEN.add(request.getMethod() + " " + who(request));
            switch (request.getMethod()) {
                case "ACK", "CANCEL" -> {}
                case "INVITE" -> {
                    if ("100rel".equals(request.getHeader("Supported"))) {
                        request.createResponse(180).sendReliably();
                    } else if (request.getHeader("X-Ring") != null) {
                        request.createResponse(180).send();
                    } else {
                        request.createResponse(200).send();
                    }
                }
                default -> request.createResponse(200).send();
            }
        }

        private static String who(SipServletRequest request) {
            Principal principal = request.getUserPrincipal();
            String roles = "caller=" + request.isUserInRole("caller") + " boss=" + request.isUserInRole("boss")
                    + " chief=" + request.isUserInRole("chief");
            return (principal == null ? "nobody" : principal.getName()) + " " + request.getRemoteUser() + " " + roles;
        }
    }

    private record Known(String name, Set<String> roles) implements User {
        @Override
        public Principal principal() {
            return this::name;
        }

        @Override
        public Optional<byte[]> ha1(DigestAlgorithm algorithm, String realm) {
            return Optional.of(algorithm.ha1(name, realm, password(name)));
        }
    }

    /** A test environment with security settings. */
    record Environment(TestEnvironment plain, SecuritySettings security) implements ApplicationEnvironment {
        Environment(SecuritySettings security) {
            this(new TestEnvironment(), security);
        }

        @Override
        public ClassLoader classLoader() {
            return plain.classLoader();
        }

        @Override
        public ServletContext servletContext() {
            return plain.servletContext();
        }

        @Override
        public Instance instantiate(Class<?> type) throws Exception {
            return plain.instantiate(type);
        }

        @Override
        public Setup enter() {
            return plain.enter();
        }
    }
}
