// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.control.Refusal;
import io.ifbus.sip.control.WrongState;
import io.ifbus.sip.route.InvalidRoute;
import io.ifbus.sip.route.RouteRefused;
import jakarta.ws.rs.WebApplicationException;
import java.util.stream.Collectors;

/** What a thrown thing means to the caller of the API. */
final class Problems {

    private Problems() {}

    /** The problem for {@code thrown}; {@link ProblemType#INTERNAL_ERROR} for whatever nobody foresaw. */
    static Problem of(Throwable thrown) {
        if (thrown instanceof RequestRefused refused) {
            return Problem.of(refused.type(), refused.getMessage());
        }
        if (thrown instanceof WrongState wrong) {
            return ofCore(wrong).in(wrong.state(), wrong.allowed());
        }
        if (thrown instanceof Refusal refused) {
            return ofCore(refused);
        }
        if (thrown instanceof InvalidRoute invalid) {
            return Problem.of(ProblemType.INVALID_REQUEST, invalid.getMessage(), invalid.field());
        }
        if (thrown instanceof RouteRefused refused) {
            return ofCore(refused.reason().word(), refused.getMessage(), null);
        }
        if (thrown instanceof CdrStoreUnavailable unavailable) {
            return Problem.of(ProblemType.CDR_STORE_UNAVAILABLE, unavailable.getMessage());
        }
        if (thrown instanceof JsonProcessingException json) {
            return ofJson(json);
        }
        if (thrown instanceof WebApplicationException refused) {
            return ofStatus(refused.getResponse().getStatus());
        }
        return broken();
    }

    private static Problem ofCore(Refusal refused) {
        String field = refused instanceof InvalidRequest invalid ? invalid.field() : null;
        return ofCore(refused.verdict().name(), refused.getMessage(), field);
    }

    private static Problem ofCore(String word, String detail, String field) {
        return Problem.of(ProblemType.of(word).orElse(ProblemType.INTERNAL_ERROR), detail, field);
    }

    private static Problem ofJson(JsonProcessingException thrown) {
        if (thrown instanceof UnrecognizedPropertyException unknown) {
            return Problem.of(ProblemType.INVALID_REQUEST, "There is no such field", path(unknown));
        }
        if (thrown instanceof JsonMappingException mapping && mapping.getCause() instanceof InputCoercionException) {
            return Problem.of(ProblemType.INVALID_REQUEST, "The number is too large", path(mapping));
        }
        if (malformed(thrown)) {
            return Problem.of(ProblemType.MALFORMED_BODY, "Not well-formed JSON" + place(thrown));
        }
        if (thrown instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty()
                    ? Problem.of(ProblemType.MALFORMED_BODY, "A JSON object is needed")
                    : Problem.of(ProblemType.INVALID_REQUEST, "The value has the wrong type", path(mismatch));
        }
        return broken(); // an answer that cannot be written
    }

    private static boolean malformed(JsonProcessingException thrown) {
        return thrown instanceof StreamReadException || thrown.getCause() instanceof StreamReadException;
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemType.NO_SUCH_RESOURCE, "Nothing is served here");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The Allow header lists what is taken");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "application/json is what there is");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "application/json is needed");
            default ->
                status < 500
                        ? Problem.of(ProblemType.BAD_REQUEST, "The request was refused with status " + status)
                        : broken();
        };
    }

    private static Problem broken() {
        return Problem.of(ProblemType.INTERNAL_ERROR, "The failure is in the server's log");
    }

    private static String path(JsonMappingException thrown) {
        return thrown.getPath().stream().map(Problems::step).collect(Collectors.joining("."));
    }

    private static String step(Reference reference) {
        return reference.getFieldName() == null ? Integer.toString(reference.getIndex()) : reference.getFieldName();
    }

    private static String place(JsonProcessingException thrown) {
        var at = thrown.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
