// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.client.DefaultApi;
import io.ifbus.sip.client.http.ApiClient;
import io.ifbus.sip.client.http.ApiException;
import io.ifbus.sip.client.http.ApiResponse;
import io.ifbus.sip.client.model.Call;
import io.ifbus.sip.client.model.Cdrs;
import io.ifbus.sip.client.model.Decision;
import io.ifbus.sip.client.model.Dtmf;
import io.ifbus.sip.client.model.Originate;
import io.ifbus.sip.client.model.Problem;
import io.ifbus.sip.client.model.Route;
import io.ifbus.sip.client.model.Transfer;
import io.ifbus.sip.client.model.TransferOrder;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.sdp.Sdp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API says of itself is enough to make a client of it, and the client and the API understand each other. */
class GeneratedClientTest {

    private static final OffsetDateTime SINCE = OffsetDateTime.parse("2026-01-02T04:04:05.678+01:00");

    private final Originate order = new Originate().from("sip:a@x").to("sip:b@y");
    private final Api api = new Api();
    private final ApiClient http = new ApiClient();
    private ApiServer server;
    private DefaultApi client;

    @BeforeEach
    void start() throws IOException {
        api.phonesAnswer = true;
        server = new ApiServer(api);
        http.updateBaseUri(server.address());
        http.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + Api.TOKEN));
        client = new DefaultApi(http);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private String connected(Originate wish) throws ApiException {
        return uuid(client.originate(wish, null, null).getCallId());
    }

    private Problem refused(int status, ThrowingCallable order) throws Exception {
        ApiException refusal = catchThrowableOfType(ApiException.class, order);
        assertThat(refusal.getCode()).isEqualTo(status);
        assertThat(refusal.getResponseHeaders().firstValue("Content-Type")).contains("application/problem+json");
        return http.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
    }

    @Test
    void a_call_is_begun_looked_at_and_hung_up() throws Exception {
        ApiResponse<Call> begun = client.originateWithHttpInfo(order, "k1", "t1");

        assertThat(begun.getStatusCode()).isEqualTo(202);
        assertThat(begun.getData().getState()).isEqualTo(Call.StateEnum.CREATED);
        assertThat(begun.getData().getTraceId()).isEqualTo("t1");
        String id = uuid(begun.getData().getCallId());
        assertThat(begun.getHeaders().get("location")).containsExactly(server.address() + "/v1/calls/" + id);
        assertThat(client.originate(order, "k1", "t1").getCallId())
                .isEqualTo(begun.getData().getCallId());

        Call call = client.getCall(id);
        assertThat(call.getState()).isEqualTo(Call.StateEnum.CONNECTED);
        assertThat(call.getConnectedAt()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(call.getHistory()).hasSizeGreaterThan(2);
        assertThat(client.listCalls(null, null, null, "connected", null).getTotal())
                .isOne();
        assertThat(client.hangUp(id).getResult()).isEqualTo(Call.ResultEnum.COMPLETED);
        assertThat(client.hangUpMany("true", null, null, null).getCount()).isZero();
    }

    @Test
    void a_call_is_held_and_resumed() throws Exception {
        String id = connected(order);

        client.hold(id);
        assertThat(client.getCall(id).getState()).isEqualTo(Call.StateEnum.ON_HOLD);
        client.resume(id);
        assertThat(client.getCall(id).getState()).isEqualTo(Call.StateEnum.CONNECTED);
    }

    @Test
    void orders_that_say_no_more_than_they_must_are_taken() throws Exception {
        String leg = connected(order.mode(Originate.ModeEnum.LEG));

        client.sendDtmf(leg, new Dtmf().digits("1"));
        client.transfer(leg, new TransferOrder().target("sip:c@z"), null);

        assertThat(api.sent).filteredOn(SipAction.SendDigit.class::isInstance).hasSize(1);
        assertThat(client.getCall(leg).getState()).isIn(Call.StateEnum.CONNECTED, Call.StateEnum.TRANSFERRING);
        assertThat(client.decide("answer", api.offered().bare(), new Decision()).getState())
                .isEqualTo(Call.StateEnum.CONNECTED);
        assertThat(client.decide("ring", api.offered().bare(), null).getState()).isEqualTo(Call.StateEnum.INCOMING);
    }

    @Test
    void a_party_is_handed_over_after_a_consultation() throws Exception {
        String id = connected(order);
        api.phonesAnswer = false;
        Transfer begun =
                client.transfer(id, new TransferOrder().target("sip:c@z").consult(true), "t1");
        assertThat(begun.getKind()).isEqualTo(Transfer.KindEnum.ATTENDED);
        assertThat(begun.getState()).isEqualTo(Transfer.StateEnum.DIALING);
        String tid = uuid(begun.getTransferId());

        api.phonesAnswer = true;
        api.on(CallId.parse(id).orElseThrow(), new LegEvent.Answered(new LegId(2), Sdp.parse(Api.PHONE)));
        assertThat(client.getTransfer(id, tid).getState()).isEqualTo(Transfer.StateEnum.CONSULTING);
        client.completeTransfer(id, tid);

        assertThat(client.listTransfers(id).getTransfers())
                .singleElement()
                .extracting(Transfer::getState, Transfer::getCode)
                .containsExactly(Transfer.StateEnum.COMPLETED, 200);
        assertThat(client.cancelTransfer(id, tid).getState()).isEqualTo(Transfer.StateEnum.COMPLETED);
    }

    @Test
    void detail_records_are_listed() throws Exception {
        Instant end = Instant.parse("2026-01-02T03:04:05.678Z");
        CallId call = CallId.parse("3f1c2a9e-0000-4000-8000-000000000001").orElseThrow();
        api.cdrs.records = List.of(new Cdr(
                call,
                "t1",
                Direction.OUTBOUND,
                "sip:a@x",
                "sip:b@y",
                end.minusSeconds(9),
                Optional.of(end.minusSeconds(5)),
                end,
                Duration.ofSeconds(5),
                EndCause.Result.COMPLETED,
                new Cdr.HangupCause(200, "OK", EndCause.By.CALLEE),
                Optional.empty(),
                Map.of("ring_time", "2026-01-02T03:04:00Z")));

        Cdrs page = client.listCdrs(null, null, null, 10, null, SINCE, null, null);

        assertThat(api.cdrs.searches.get(0).filter().since()).contains(SINCE.toInstant());
        assertThat(page.getNextCursor()).isNull();
        assertThat(page.getCdrs()).singleElement().satisfies(record -> {
            assertThat(record.getCallId()).isEqualTo(call.toString());
            assertThat(record.getResult()).hasToString("completed");
            assertThat(record.getEndTime()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(record.getHangupCause().getCode()).isEqualTo(200);
            assertThat(record.getCost()).isNull();
            assertThat(record.getDetails()).containsEntry("ring_time", "2026-01-02T03:04:00Z");
        });
    }

    @Test
    void routes_are_added_and_deleted() throws Exception {
        client.addRoute(new Route().name("sales").to("sales@*").target("sip:{user}@z"), null);

        assertThat(client.listRoutes().getRoutes()).extracting(Route::getName).containsExactly("sales", "echo");
        client.deleteRoute("sales", null);
        assertThat(refused(404, () -> client.getRoute("sales")).getType()).isEqualTo("if://problem/no-such-route");
    }

    @Test
    void a_refusal_is_a_problem() throws Exception {
        Problem field = refused(
                400, () -> client.originate(new Originate().from("sip:a@x").to("b"), null, null));
        assertThat(field.getType()).isEqualTo("if://problem/invalid-request");
        assertThat(field.getField()).isEqualTo("to");
        assertThat(field.getFault()).isEqualTo(Problem.FaultEnum.CLIENT);
        assertThat(field.getRetryable()).isFalse();

        String leg = connected(order.mode(Originate.ModeEnum.LEG));
        Problem state = refused(409, () -> client.hold(leg));
        assertThat(state.getState()).isEqualTo("connected");
        assertThat(state.getAllowed()).containsExactly("dtmf", "hang_up", "transfer");
    }

    @Test
    void without_the_token_nobody_enters() throws Exception {
        http.setRequestInterceptor(null);

        assertThat(refused(401, () -> new DefaultApi(http).listCalls(null, null, null, null, null))
                        .getType())
                .isEqualTo("if://problem/token-refused");
    }
}
