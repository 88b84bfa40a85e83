// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.ifbus.sip.event.EventSource;
import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.platform.config.ConfiguredStreams;
import io.ifbus.sip.platform.metrics.MicroProfileMeter;
import io.ifbus.sip.platform.timer.ScheduledTimer;
import io.ifbus.sip.rest.access.Admission;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import io.ifbus.sip.rest.problem.ServletProblems;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /v1/events}. By its exact address it comes before the resources under {@code /v1}. */
@WebServlet(urlPatterns = EventsServlet.ADDRESS, asyncSupported = true, loadOnStartup = 1)
public class EventsServlet extends HttpServlet {

    static final String ADDRESS = "/v1/events";

    private static final String MEDIA_TYPE = "text/event-stream";
    private static final String CURSOR_HEADER = "Last-Event-ID";
    private static final String CURSOR_PARAMETER = "last_event_id";

    private final transient Admission admission;
    private final transient EventStreams streams;

    @Inject
    public EventsServlet(
            ApiToken token,
            EventSource source,
            ScheduledTimer timer,
            ConfiguredStreams terms,
            MicroProfileMeter meter) {
        this(token, new EventStreams(source, timer, terms));
        meter.showStreams(streams::count);
    }

    EventsServlet(ApiToken token, EventStreams streams) {
        this.admission = new Admission(token);
        this.streams = streams;
    }

    @Override
    public void init() {
        streams.start();
    }

    @Override
    public void destroy() {
        streams.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            admission.judge(request.getHeader("Authorization"));
            checkForm(request, response);
            streams.open(cursor(request), filter(request), () -> ServletOutlet.connect(request, response));
        } catch (RuntimeException refused) {
            ServletProblems.answer(refused, response);
        }
    }

    private static void checkForm(HttpServletRequest request, HttpServletResponse response) {
        if (!"GET".equals(request.getMethod())) {
            response.setHeader("Allow", "GET");
            throw new RequestRefused(ProblemType.METHOD_NOT_ALLOWED, "The Allow header lists what is taken");
        }
        String accept = request.getHeader("Accept");
        if (accept != null
                && !accept.isBlank()
                && Stream.of(MEDIA_TYPE, "text/*", "*/*").noneMatch(accept::contains)) {
            throw new RequestRefused(ProblemType.NOT_ACCEPTABLE, MEDIA_TYPE + " is what there is");
        }
    }

    private static Optional<Cursor> cursor(HttpServletRequest request) {
        return cursor(CURSOR_HEADER, request.getHeader(CURSOR_HEADER))
                .or(() -> cursor(CURSOR_PARAMETER, request.getParameter(CURSOR_PARAMETER)));
    }

    private static Optional<Cursor> cursor(String field, String text) {
        return Optional.ofNullable(text).filter(id -> !id.isBlank()).map(id -> Cursor.parse(field, id.strip()));
    }

    private static EventFilter filter(HttpServletRequest request) {
        return EventFilter.parse(values(request, "call"), values(request, "type"));
    }

    private static List<String> values(HttpServletRequest request, String parameter) {
        String[] values = request.getParameterValues(parameter);
        return values == null ? List.of() : List.of(values);
    }
}
