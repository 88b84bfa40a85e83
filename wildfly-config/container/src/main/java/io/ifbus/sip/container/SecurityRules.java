// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.container.SipSecurity.Constraint;
import java.util.List;
import java.util.Set;

/** Which constraints of an application a request must satisfy (JSR 289 section 17.2). */
record SecurityRules(SipSecurity security) {
    /** They belong to a request that was let in (RFC 3261 section 22.1, JSR 289 section 17). */
    private static final Set<String> NEVER_ASKED = Set.of("ACK", "CANCEL", "PRACK");

    /** What is asked of one request. */
    record Demand(List<Constraint> constraints, Set<String> applicationRoles) {
        boolean isConfidential() {
            return constraints.stream().anyMatch(Constraint::confidential);
        }

        boolean isLogin() {
            return constraints.stream().anyMatch(Constraint::authenticate);
        }

        /** Whether a constraint lets nobody in, whoever it is. */
        boolean isForNobody() {
            return constraints.stream()
                    .anyMatch(each -> each.authenticate() && each.roles().isEmpty());
        }

        boolean byProxy() {
            return constraints.stream().anyMatch(each -> each.authenticate() && each.proxyAuthentication());
        }

        /** Whether somebody with these roles has one that each constraint wants. */
        boolean admits(Set<String> roles) {
            return constraints.stream().filter(Constraint::authenticate).allMatch(each -> admits(each.roles(), roles));
        }

        private boolean admits(Set<String> wanted, Set<String> roles) {
            Set<String> those = wanted.contains("*") ? applicationRoles : Set.<String>of();
            return roles.stream().anyMatch(role -> wanted.contains(role) || those.contains(role));
        }
    }

    Demand of(String servlet, String method) {
        if (NEVER_ASKED.contains(method)) {
            return new Demand(List.of(), Set.of());
        }
        return new Demand(
                security.constraints().stream()
                        .filter(each ->
                                each.servlets().isEmpty() || each.servlets().contains(servlet))
                        .filter(each ->
                                each.methods().isEmpty() || each.methods().contains(method))
                        .toList(),
                security.roles());
    }
}
