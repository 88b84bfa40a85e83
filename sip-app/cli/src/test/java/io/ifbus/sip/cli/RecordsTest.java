// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Call detail records and routes. */
class RecordsTest extends Scene {

    private static final String CDR = "{\"call_id\":\"if://call/" + UUID
            + "\",\"from\":\"sip:a@b\",\"to\":\"sip:c@d\",\"start_time\":\"2026-01-02T03:04:05.1Z\","
            + "\"end_time\":\"2026-01-02T03:05:05.9Z\",\"duration\":60,\"result\":\"completed\","
            + "\"hangup_cause\":{\"code\":200,\"reason\":\"OK\",\"by\":\"caller\"}}";

    @Test
    void cdrs_stand_in_columns_and_say_how_to_go_on() {
        api.answers("GET /v1/cdrs", 200, "{\"cdrs\":[" + CDR + "],\"next_cursor\":\"abc\"}");

        assertThat(operator.types("cdrs")).isZero();

        assertThat(operator.out()).isEqualTo("""
                        CALL                                  START                 END                   SECONDS  RESULT     FROM     TO       CAUSE
                        3f1c2a9e-0000-4000-8000-000000000001  2026-01-02T03:04:05Z  2026-01-02T03:05:05Z  60       completed  sip:a@b  sip:c@d  200 OK by caller
                        more: --cursor abc
                        """);
    }

    @Test
    void cdrs_are_filtered_by_the_api_and_times_may_be_ages() {
        api.answers("GET /v1/cdrs", 200, "{\"cdrs\":[],\"next_cursor\":null}");

        assertThat(operator.types(
                        "cdrs",
                        "--from",
                        "sip:a@b",
                        "--to",
                        "sip:c@d",
                        "--result",
                        "busy",
                        "--direction",
                        "inbound",
                        "--since",
                        "2h",
                        "--until",
                        "2026-01-02T11:00:00Z",
                        "--limit",
                        "5",
                        "--cursor",
                        "abc"))
                .isZero();

        assertThat(api.request().query())
                .isEqualTo("?from=sip%3Aa%40b&to=sip%3Ac%40d&result=busy&direction=inbound"
                        + "&since=2026-01-02T10%3A00%3A00Z&until=2026-01-02T11%3A00%3A00Z&limit=5&cursor=abc");
        assertThat(operator.out()).isEqualTo("No records.\n");
    }

    @Test
    void cdrs_are_unchanged_as_json() {
        String body = "{\"cdrs\":[" + CDR + "],\"next_cursor\":\"abc\"}";
        api.answers("GET /v1/cdrs", 200, body);

        operator.types("cdrs", "--json");

        assertThat(operator.out()).isEqualTo(body + "\n");
    }

    @Test
    void routes_stand_in_columns() {
        String body = "{\"routes\":[{\"name\":\"echo\",\"to\":\"echo@*\",\"target\":\"echo\"},"
                + "{\"name\":\"vip\",\"to\":\"*@*\",\"from\":\"boss@*\",\"headers\":{\"X-IF-Hazard\":\"safety\"},"
                + "\"region\":\"eu\",\"target\":\"sip:{user}@vip\"}]}";
        api.answers("GET /v1/routes", 200, body);

        assertThat(operator.types("routes")).isZero();

        assertThat(operator.out()).isEqualTo("""
                        NAME  TO      FROM    HEADERS             REGION  TARGET
                        echo  echo@*  -       -                   -       echo
                        vip   *@*     boss@*  X-IF-Hazard=safety  eu      sip:{user}@vip
                        """);
        operator.types("routes", "--json");
        assertThat(operator.out()).isEqualTo(body + "\n");
    }
}
