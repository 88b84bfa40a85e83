// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import io.ifbus.sip.control.Verdict;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every way in which the API says no: status, whose fault it is, and whether the same request may be sent again.
 *
 * <p>The word is problem type, metric tag and log key at once. Core's verdicts are here under their own names.
 */
public enum ProblemType {
    INVALID_REQUEST(
            400, Verdict.Fault.CLIENT, false, "A field is missing, unknown, or has a value that cannot be used"),
    MALFORMED_BODY(400, Verdict.Fault.CLIENT, false, "The body is not a JSON document of the expected form"),
    BAD_REQUEST(400, Verdict.Fault.CLIENT, false, "The request cannot be understood"),
    TOKEN_REFUSED(401, Verdict.Fault.CLIENT, false, "A valid bearer token is needed"),
    NO_SUCH_CALL(404, Verdict.Fault.CLIENT, false, "There is no such call"),
    NO_SUCH_GUARD(404, Verdict.Fault.CLIENT, false, "There is no guard of that host"),
    NO_SUCH_ROUTE(404, Verdict.Fault.CLIENT, false, "There is no such route"),
    NO_SUCH_CDR(404, Verdict.Fault.CLIENT, false, "There is no detail record of such a call"),
    NO_SUCH_TRANSFER(404, Verdict.Fault.CLIENT, false, "The call has no such transfer"),
    NO_SUCH_RESOURCE(404, Verdict.Fault.CLIENT, false, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, Verdict.Fault.CLIENT, false, "This address does not take that method"),
    NOT_ACCEPTABLE(406, Verdict.Fault.CLIENT, false, "The answer has no form that the request accepts"),
    ROUTE_EXISTS(409, Verdict.Fault.CLIENT, false, "There is a route of that name"),
    ROUTE_IS_CONFIGURED(409, Verdict.Fault.CLIENT, false, "The route is one of the settings and is changed there"),
    TOO_MANY_ROUTES(409, Verdict.Fault.CLIENT, false, "There is no room for another route"),
    WRONG_STATE(409, Verdict.Fault.CLIENT, false, "The call is in a state in which that is not possible"),
    IDEMPOTENCY_CONFLICT(409, Verdict.Fault.CLIENT, false, "The Idempotency-Key was used for another request"),
    ROUTE_CHANGED(412, Verdict.Fault.CLIENT, false, "The routes have changed since the client looked"),
    BODY_TOO_LARGE(413, Verdict.Fault.CLIENT, false, "The body is longer than any that is needed"),
    UNSUPPORTED_MEDIA_TYPE(415, Verdict.Fault.CLIENT, false, "The body has a media type that is not understood"),
    INTERNAL_ERROR(500, Verdict.Fault.SERVER, false, "Something broke in the server"),
    NOT_BUILT_YET(501, Verdict.Fault.SERVER, false, "This part of the API does not exist yet"),
    UPSTREAM_UNAVAILABLE(503, Verdict.Fault.UPSTREAM, true, "The host to be called is in trouble"),
    TOKEN_NOT_CONFIGURED(503, Verdict.Fault.SERVER, true, "The server has no API token yet, so nobody may enter"),
    SIP_STACK_UNAVAILABLE(503, Verdict.Fault.SERVER, true, "The SIP stack has not started or has been stopped"),
    TOO_MANY_STREAMS(503, Verdict.Fault.SERVER, true, "As many event streams are open as there may be"),
    CDR_STORE_UNAVAILABLE(503, Verdict.Fault.SERVER, true, "The call detail records cannot be read now");

    private final int status;
    private final Verdict.Fault fault;
    private final boolean retryable;
    private final String title;

    ProblemType(int status, Verdict.Fault fault, boolean retryable, String title) {
        this.status = status;
        this.fault = fault;
        this.retryable = retryable;
        this.title = title;
    }

    static Optional<ProblemType> of(String word) {
        return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** The stable name, in kebab case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whose fault it is. */
    public Verdict.Fault fault() {
        return fault;
    }

    /** Whether the same request may simply be sent again later. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence for people, the same for each occurrence. */
    public String title() {
        return title;
    }
}
