// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.Identity;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.Peer;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.control.CallDefaults;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.DecideCall;
import io.ifbus.sip.control.HangUpCall;
import io.ifbus.sip.control.HangUpCalls;
import io.ifbus.sip.control.HoldCall;
import io.ifbus.sip.control.Loops;
import io.ifbus.sip.control.Once;
import io.ifbus.sip.control.OriginateCall;
import io.ifbus.sip.control.ReceiveCall;
import io.ifbus.sip.control.Retention;
import io.ifbus.sip.control.SendDigits;
import io.ifbus.sip.control.TransferCall;
import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.meter.Meter;
import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.rest.access.BearerTokenFilter;
import io.ifbus.sip.rest.access.BodyLimitFilter;
import io.ifbus.sip.rest.call.CallsResource;
import io.ifbus.sip.rest.call.DecisionResource;
import io.ifbus.sip.rest.call.DtmfResource;
import io.ifbus.sip.rest.call.HoldResource;
import io.ifbus.sip.rest.call.PromisedResource;
import io.ifbus.sip.rest.call.TransfersResource;
import io.ifbus.sip.rest.cdr.CallCdrResource;
import io.ifbus.sip.rest.cdr.CdrsResource;
import io.ifbus.sip.rest.guard.GuardsResource;
import io.ifbus.sip.rest.json.BodilessFilter;
import io.ifbus.sip.rest.json.Json;
import io.ifbus.sip.rest.problem.BodyMapper;
import io.ifbus.sip.rest.problem.ProblemMapper;
import io.ifbus.sip.rest.route.RoutesResource;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteStore;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.sdp.Sdp;
import io.ifbus.sip.signal.Signaling;
import io.ifbus.sip.signal.SignalingSlot;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jboss.resteasy.core.SynchronousDispatcher;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;

/** The API on RESTEasy and core, without a server: a clock that stands still, and a stack that only notes. */
public final class Api {

    public static final String TOKEN = "open-sesame";

    /** What a phone offers, and answers. */
    public static final String PHONE = """
            v=0
            o=phone 77 1 IN IP4 192.0.2.7
            s=-
            c=IN IP4 192.0.2.7
            t=0 0
            m=audio 4000 RTP/AVP 0
            """.replace("\n", "\r\n");

    /** What the stack was asked for. */
    public final List<SipAction> sent = Collections.synchronizedList(new ArrayList<>());

    /** Each phone takes at once what it is asked. */
    public boolean phonesAnswer;

    /** The guards there are. */
    public final List<GuardStatus> guards = new ArrayList<>();

    public final StubCdrStore cdrs = new StubCdrStore();

    public ApiToken.Verdict verdict = ApiToken.Verdict.ACCEPTED;

    /** The route table: {@code echo} is of the settings, the node is in {@code eu}. */
    public final Routes routes =
            new Routes(List.of(Route.parse("echo", "echo@*", "echo")), RouteStore.inMemory(), "eu");

    private final SignalingSlot slot = new SignalingSlot();
    private final Signaling stack = this::note;
    private final Calls calls;
    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();

    /** Lets everything pass until a test says otherwise. */
    public TargetGuard guard = TargetGuard.none();

    public Api() {
        slot.bind(stack);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678901Z"));
        calls = new Calls(
                slot,
                (delay, task) -> () -> {},
                clock,
                new Random(),
                new Silent(),
                Retention.DEFAULT,
                List.of(),
                new Replaceable());
        OriginateCall originate =
                new OriginateCall(slot, calls, UUID::randomUUID, CallDefaults.USUAL, new Once<>(clock));
        ((SynchronousDispatcher) dispatcher)
                .getProviderFactory()
                .register(new Json())
                .register(new ProblemMapper())
                .register(new BodyMapper())
                .register(new BearerTokenFilter(new OneToken()))
                .register(new BodyLimitFilter())
                .register(new BodilessFilter());
        dispatcher
                .getRegistry()
                .addSingletonResource(
                        new CallsResource(originate, new HangUpCall(calls), new HangUpCalls(calls), calls));
        dispatcher
                .getRegistry()
                .addSingletonResource(
                        new TransfersResource(new TransferCall(calls, UUID::randomUUID, new Once<>(clock)), calls));
        dispatcher.getRegistry().addSingletonResource(new HoldResource(new HoldCall(calls)));
        dispatcher.getRegistry().addSingletonResource(new DtmfResource(new SendDigits(calls)));
        dispatcher.getRegistry().addSingletonResource(new DecisionResource(new DecideCall(calls)));
        dispatcher.getRegistry().addSingletonResource(new GuardsResource(new Board()));
        dispatcher.getRegistry().addSingletonResource(new PromisedResource());
        dispatcher.getRegistry().addSingletonResource(new RoutesResource(routes));
        dispatcher.getRegistry().addSingletonResource(new CdrsResource(cdrs));
        dispatcher.getRegistry().addSingletonResource(new CallCdrResource(calls, cdrs));
    }

    /** The callee of a call that was just begun refuses it. */
    public void refuses(CallId call, int status) {
        calls.apply(call, new LegEvent.Rejected(LegId.A, status, "Busy Here"));
    }

    /** Something happens to a call on the wire. */
    public void on(CallId call, CallEvent event) {
        calls.apply(call, event);
    }

    /** A call that was answered: both parties talk, or with {@code leg} the callee alone hears itself. */
    public CallId connected(String mode) throws Exception {
        phonesAnswer = true;
        Answer answer = post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\",\"mode\":\"" + mode + "\"}");
        String id = answer.json().path("call_id").asText().substring("if://call/".length());
        sent.clear();
        return CallId.parse(id).orElseThrow();
    }

    /** A call comes in, and the route table wants a client to decide. */
    public CallId offered() {
        Routes offer = new Routes(List.of(Route.parse("offer", "*@*", "offer")), RouteStore.inMemory(), "");
        ReceiveCall receive = new ReceiveCall(calls, offer, UUID::randomUUID, CallDefaults.USUAL, new Loops());
        CallId id = receive.newId();
        receive.handle(new ReceiveCall.Arrival(
                id,
                Party.of("sip:a@x"),
                Party.of("sip:b@y"),
                "b",
                "y",
                Sdp.parse(PHONE),
                Map.of(),
                Map.of(),
                70,
                Peer.UNKNOWN,
                Identity.OPEN,
                Optional.empty(),
                id.bare()));
        return id;
    }

    public void losesItsStack() {
        slot.unbind(stack);
    }

    /** An answer: its status, its headers, its body. */
    public record Answer(int status, MockHttpResponse http) {

        public JsonNode json() throws Exception {
            return Json.mapper().readTree(http.getContentAsString());
        }

        public String header(String name) {
            Object value = http.getOutputHeaders().getFirst(name);
            return value == null ? null : value.toString();
        }

        public String problem() throws Exception {
            return header("Content-Type").startsWith("application/problem+json")
                    ? json().path("type").asText()
                    : "no problem but " + header("Content-Type");
        }
    }

    public Answer get(String path) throws URISyntaxException {
        return call(request("GET", path));
    }

    public Answer delete(String path) throws URISyntaxException {
        return call(request("DELETE", path));
    }

    public Answer post(String path, String json) throws URISyntaxException {
        return call(
                request("POST", path).contentType("application/json").content(json.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer put(String path, String json) throws URISyntaxException {
        return call(
                request("PUT", path).contentType("application/json").content(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A request that bears the token. */
    public static MockHttpRequest request(String method, String path) throws URISyntaxException {
        return MockHttpRequest.create(method, path).header("Authorization", "Bearer " + TOKEN);
    }

    public Answer call(MockHttpRequest request) {
        MockHttpResponse response = new MockHttpResponse();
        dispatcher.invoke(request, response);
        return new Answer(response.getStatus(), response);
    }

    private final class Replaceable implements TargetGuard {

        @Override
        public Admission admit(String host) {
            return guard.admit(host);
        }

        @Override
        public Optional<Refused> barred(String host) {
            return guard.barred(host);
        }
    }

    private void note(CallId call, SipAction action) {
        sent.add(action);
        if (phonesAnswer) {
            answer(action).ifPresent(event -> calls.apply(call, event));
        }
    }

    private static Optional<CallEvent> answer(SipAction action) {
        if (action instanceof SipAction.Invite || action instanceof SipAction.Reinvite) {
            return Optional.of(new LegEvent.Answered(action.leg(), Sdp.parse(PHONE)));
        }
        if (action instanceof SipAction.Respond answer && answer.status() == 200) {
            return Optional.of(new LegEvent.Acked(action.leg(), Optional.empty()));
        }
        return action instanceof SipAction.Bye ? Optional.of(new LegEvent.ByeAnswered(action.leg())) : Optional.empty();
    }

    private final class OneToken implements ApiToken {

        @Override
        public Verdict judge(String offered) {
            return verdict == Verdict.ACCEPTED && !offered.equals(TOKEN) ? Verdict.REFUSED : verdict;
        }

        @Override
        public boolean configured() {
            return verdict != Verdict.NOT_CONFIGURED;
        }
    }

    private final class Board implements GuardBoard {

        @Override
        public List<GuardStatus> list() {
            return List.copyOf(guards);
        }

        @Override
        public boolean reset(String host) {
            Instant now = Instant.parse("2026-01-02T03:04:05Z");
            return guards.removeIf(guard -> guard.host().equals(host))
                    && guards.add(new GuardStatus(host, GuardState.CLOSED, now, 0));
        }
    }

    private static final class Silent implements Meter {

        @Override
        public void callStarted(Direction direction) {}

        @Override
        public void callEnded(Direction direction, EndCause.Result result) {}

        @Override
        public void legAnswered(Direction direction, Duration setup) {}

        @Override
        public void surprised(String state, String event) {}
    }
}
