// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Which servlet of an application gets an initial request (JSR 289 chapter 16). */
public sealed interface ServletSelection {
    /** Nothing is said: the application has several servlets and no rule. */
    ServletSelection NONE = new Mappings(List.of());

    /** Names of the servlets that may be selected. */
    List<String> servlets();

    /** One servlet gets them all. */
    record Main(String servlet) implements ServletSelection {
        public Main {
            requireNonNull(servlet, "servlet");
        }

        @Override
        public List<String> servlets() {
            return List.of(servlet);
        }
    }

    /** The servlet of the first mapping that matches. */
    record Mappings(List<Mapping> mappings) implements ServletSelection {
        public Mappings {
            mappings = List.copyOf(mappings);
        }

        @Override
        public List<String> servlets() {
            return mappings.stream().map(Mapping::servlet).toList();
        }
    }

    /** One {@code servlet-mapping}. */
    record Mapping(String servlet, Condition condition) {
        public Mapping {
            requireNonNull(servlet, "servlet");
            requireNonNull(condition, "condition");
        }
    }

    /** A pattern over an initial request (JSR 289 section 16.2); variables are spelt as there, e.g. request.uri.host. */
    sealed interface Condition {
        /** All of them hold. */
        record And(List<Condition> conditions) implements Condition {
            public And {
                conditions = List.copyOf(conditions);
            }
        }

        /** One of them holds. */
        record Or(List<Condition> conditions) implements Condition {
            public Or {
                conditions = List.copyOf(conditions);
            }
        }

        /** It does not hold. */
        record Not(Condition condition) implements Condition {}

        /** The variable has that value. */
        record Equal(String variable, String value, boolean ignoreCase) implements Condition {}

        /** The variable has a value. */
        record Exists(String variable) implements Condition {}

        /** The value is part of the variable. */
        record Contains(String variable, String value, boolean ignoreCase) implements Condition {}

        /** The variable is that domain or one below it; of a telephone number, it begins so. */
        record SubdomainOf(String variable, String value) implements Condition {}
    }
}
