// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static io.ifbus.sip.rest.event.Told.append;
import static io.ifbus.sip.rest.event.Told.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.event.EventLog;
import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.platform.config.ConfiguredStreams;
import io.ifbus.sip.rest.json.Json;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import jakarta.servlet.Servlet;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The streams over real connections, on the server's own servlet container. */
class EventsServletTest {

    private static final int MOST = 30;

    private final EventLog log = new EventLog(100_000, 0);
    private final Queue<Runnable> alarms = new ConcurrentLinkedQueue<>();
    private final EventStreams streams = new EventStreams(
            log,
            (delay, task) -> {
                alarms.add(task);
                return () -> alarms.remove(task);
            },
            new ConfiguredStreams("n1", Duration.ofSeconds(15), MOST));
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private ApiToken.Verdict verdict = ApiToken.Verdict.ACCEPTED;
    private DeploymentManager deployment;
    private Undertow server;
    private int port;

    @BeforeEach
    void deploy() throws Exception {
        WebServlet declared = EventsServlet.class.getAnnotation(WebServlet.class);
        deployment = Servlets.defaultContainer()
                .addDeployment(Servlets.deployment()
                        .setClassLoader(getClass().getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("test")
                        .addServlet(Servlets.servlet("events", EventsServlet.class, one(servlet()))
                                .addMappings(declared.urlPatterns())
                                .setAsyncSupported(declared.asyncSupported())
                                .setLoadOnStartup(declared.loadOnStartup())));
        deployment.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(2)
                .setSocketOption(org.xnio.Options.SEND_BUFFER, 8 * 1024)
                .setHandler(counted(deployment.start()))
                .build();
        server.start();
        port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Counts as the server does when it waits for requests before it suspends. */
    private HttpHandler counted(HttpHandler next) {
        return exchange -> {
            requests.incrementAndGet();
            exchange.addExchangeCompleteListener((completed, listeners) -> {
                requests.decrementAndGet();
                listeners.proceed();
            });
            next.handleRequest(exchange);
        };
    }

    private EventsServlet servlet() {
        return new EventsServlet(
                new ApiToken() {
                    @Override
                    public Verdict judge(String offered) {
                        return offered.equals("open-sesame") ? verdict : Verdict.REFUSED;
                    }

                    @Override
                    public boolean configured() {
                        return true;
                    }
                },
                streams);
    }

    private static InstanceFactory<Servlet> one(Servlet servlet) {
        return () -> new InstanceHandle<>() {
            @Override
            public Servlet getInstance() {
                return servlet;
            }

            @Override
            public void release() {}
        };
    }

    @AfterEach
    void undeploy() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        deployment.stop();
        await().untilAsserted(() ->
                assertThat(requests).as("requests that are left behind").hasValue(0));
        deployment.undeploy();
        server.stop();
    }

    /** A client by hand, so that it can stop reading. */
    private final class Reader {

        private final Socket socket = new Socket();
        private final StringBuilder raw = new StringBuilder();
        private boolean isOver;

        Reader(String query, String... headers) throws IOException {
            sockets.add(socket);
            socket.setReceiveBufferSize(8 * 1024);
            socket.setSoTimeout(50);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            String request = "GET /v1/events" + query + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer open-sesame\r\n"
                    + String.join(
                            "", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }

        /** All that has come so far, with the headers and without the marks of the chunks. */
        String reads() {
            try {
                InputStream in = socket.getInputStream();
                byte[] bytes = new byte[64 * 1024];
                for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                    raw.append(new String(bytes, 0, n, StandardCharsets.US_ASCII));
                }
                isOver = true;
            } catch (SocketTimeoutException nothingMore) {
                return text();
            } catch (IOException reset) {
                isOver = true;
            }
            return text();
        }

        private String text() {
            int head = raw.indexOf("\r\n\r\n");
            if (head < 0) {
                return "";
            }
            StringBuilder text = new StringBuilder(raw.substring(0, head + 4));
            for (int at = head + 4; at < raw.length() && raw.indexOf("\r\n", at) > 0; ) {
                int begin = raw.indexOf("\r\n", at) + 2;
                int length = Integer.parseInt(raw.substring(at, begin - 2), 16);
                text.append(raw, begin, Math.min(begin + length, raw.length()));
                text.append(length == 0 ? "<last chunk>" : "");
                at = begin + length + 2;
            }
            return text.toString();
        }

        void hears(String... frames) {
            await().untilAsserted(() -> assertThat(frames(reads())).containsExactly(frames));
        }
    }

    private void heartbeatsPass(int times) {
        for (int i = 0; i < times; i++) {
            alarms.remove().run();
        }
    }

    @Test
    void events_reach_the_client_as_they_happen() throws Exception {
        Reader reader = new Reader("");
        await().untilAsserted(() -> assertThat(reader.reads()).contains("retry: 2000\nid: n1:0\n\n"));
        assertThat(reader.reads())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("Content-Type: text/event-stream;charset=UTF-8")
                .containsIgnoringCase("Cache-Control: no-cache")
                .containsIgnoringCase("X-Accel-Buffering: no");
        append(log, 1);
        reader.hears("n1:1 call_state_changed");
        append(log, 1);
        reader.hears("n1:1 call_state_changed", "n1:2 call_state_changed");
    }

    @Test
    void a_client_goes_on_where_it_left_by_header_or_by_query() throws Exception {
        append(log, 4);
        new Reader("?last_event_id=n1:2").hears("n1:3 call_state_changed", "n1:4 call_state_changed");
        new Reader("?last_event_id=n1:2", "Last-Event-ID: n1:3").hears("n1:4 call_state_changed");
        new Reader("?last_event_id=n1:2&type=error&type=call_state_changed&call=if://call/" + Told.ALICE.bare())
                .hears("n1:3 call_state_changed", "n1:4 call_state_changed");
        Reader nothing = new Reader("?last_event_id=n1:2&call=" + Told.BOB.bare());
        await().untilAsserted(() -> assertThat(nothing.reads()).contains("retry: 2000"));
        heartbeatsPass(1);
        await().untilAsserted(() -> assertThat(nothing.reads()).contains(":\nid: n1:4\n\n"));
        nothing.hears();
    }

    @Test
    void a_reader_that_stops_reading_holds_no_thread_and_loses_nothing_when_it_reads_again() throws Exception {
        List<Reader> idle = new ArrayList<>();
        for (int i = 0; i < MOST - 1; i++) {
            idle.add(new Reader("?last_event_id=n1:0"));
        }
        Reader lively = new Reader("?last_event_id=n1:0");
        await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(MOST));
        append(log, 20_000);

        List<String> all = LongStream.rangeClosed(1, 20_000)
                .mapToObj(position -> "n1:" + position)
                .toList();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ids(lively)).isEqualTo(all));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ids(idle.get(0))).isEqualTo(all));
        assertThat(streams.count()).isEqualTo(MOST);
    }

    /** Positions of all events that have arrived. */
    private static List<String> ids(Reader reader) {
        return frames(reader.reads()).stream()
                .map(frame -> frame.replaceAll(" .*", ""))
                .toList();
    }

    @Test
    void a_reader_that_takes_nothing_for_too_long_is_cut_and_makes_room() throws Exception {
        Reader stuck = new Reader("?last_event_id=n1:0");
        await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(1));
        append(log, 100_000);
        await().untilAsserted(() -> {
            heartbeatsPass(1);
            assertThat(streams.count()).isZero();
        });

        await().untilAsserted(() -> {
            stuck.reads();
            assertThat(stuck.isOver).isTrue();
        });
        assertThat(stuck.raw.length())
                .as("what lay in the buffers of the two sockets")
                .isLessThan(1_000_000);
        new Reader("?last_event_id=n1:99999").hears("n1:100000 call_state_changed");
    }

    @Test
    void a_client_that_leaves_makes_room() throws Exception {
        Reader reader = new Reader("");
        await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(1));
        reader.socket.close();
        await().untilAsserted(() -> {
            heartbeatsPass(1);
            assertThat(streams.count()).isZero();
        });
    }

    @Test
    void when_there_are_as_many_as_there_may_be_the_next_is_refused() throws Exception {
        for (int i = 0; i < MOST; i++) {
            new Reader("");
        }
        await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(MOST));

        isRefused(request("").build(), 503, "too-many-streams");
    }

    @Test
    void streams_end_as_is_proper_when_the_application_stops() throws Exception {
        Reader reader = new Reader("");
        await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(1));
        deployment.stop();

        await().untilAsserted(() -> assertThat(reader.reads()).endsWith("<last chunk>"));
    }

    @Test
    void nobody_hears_anything_without_the_token() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v1/events?last_event_id=wrong");
        HttpResponse<String> answer = isRefused(HttpRequest.newBuilder(uri).build(), 401, "token-refused");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"ifbus\"");
        HttpRequest other = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer other")
                .build();
        isRefused(other, 401, "token-refused");
        verdict = ApiToken.Verdict.NOT_CONFIGURED;
        isRefused(request("").build(), 503, "token-not-configured");
    }

    @ParameterizedTest
    @CsvSource({
        "?last_event_id=812, last_event_id",
        "?last_event_id=n1:x, last_event_id",
        "?call=42, call",
        "?type=nothing, type"
    })
    void what_cannot_be_read_is_refused_by_its_name(String query, String field) throws Exception {
        HttpResponse<String> answer = isRefused(request(query).build(), 400, "invalid-request");

        assertThat(Json.mapper().readTree(answer.body()).path("field").asText()).isEqualTo(field);
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_wrong_cursor_in_the_header_is_refused_by_its_name() throws Exception {
        HttpResponse<String> answer =
                isRefused(request("").header("Last-Event-ID", "n1").build(), 400, "invalid-request");

        assertThat(Json.mapper().readTree(answer.body()).path("field").asText()).isEqualTo("Last-Event-ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD"})
    void only_get_is_taken(String method) throws Exception {
        HttpRequest request =
                request("").method(method, HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void one_who_takes_json_only_is_told_so() throws Exception {
        isRefused(request("").header("Accept", "application/json").build(), 406, "not-acceptable");
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events" + query))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer open-sesame");
    }

    private HttpResponse<String> isRefused(HttpRequest request, int status, String problem) throws Exception {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.mapper().readTree(answer.body()).path("type").asText()).isEqualTo("if://problem/" + problem);
        return answer;
    }
}
