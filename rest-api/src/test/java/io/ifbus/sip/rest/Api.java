// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.control.CallDefaults;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.DecideCall;
import io.ifbus.sip.control.HangUpCall;
import io.ifbus.sip.control.HangUpCalls;
import io.ifbus.sip.control.HoldCall;
import io.ifbus.sip.control.Once;
import io.ifbus.sip.control.OriginateCall;
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
import io.ifbus.sip.rest.call.CallsResource;
import io.ifbus.sip.rest.call.DecisionResource;
import io.ifbus.sip.rest.call.DtmfResource;
import io.ifbus.sip.rest.call.HoldResource;
import io.ifbus.sip.rest.call.PromisedResource;
import io.ifbus.sip.rest.call.TransfersResource;
import io.ifbus.sip.rest.cdr.CallCdrResource;
import io.ifbus.sip.rest.cdr.CdrsResource;
import io.ifbus.sip.rest.guard.GuardsResource;
import io.ifbus.sip.rest.json.Json;
import io.ifbus.sip.rest.problem.BodyMapper;
import io.ifbus.sip.rest.problem.ProblemMapper;
import io.ifbus.sip.rest.route.RoutesResource;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteStore;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.signal.Signaling;
import io.ifbus.sip.signal.SignalingSlot;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    /** What the stack was asked for. */
    public final List<SipAction> sent = new ArrayList<>();

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
                guard);
        OriginateCall originate =
                new OriginateCall(slot, calls, UUID::randomUUID, CallDefaults.USUAL, new Once<>(clock));
        ((SynchronousDispatcher) dispatcher)
                .getProviderFactory()
                .register(new Json())
                .register(new ProblemMapper())
                .register(new BodyMapper())
                .register(new BearerTokenFilter(new OneToken()));
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

    private void note(CallId call, SipAction action) {
        sent.add(action);
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
