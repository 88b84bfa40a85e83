// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.ServletSelection.Condition;
import io.ifbus.sip.container.ServletSelection.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Reads {@code servlet-mapping} (JSR 289 section 16.2). */
final class PatternReader {
    private static final Set<String> PARTS_ONLY = Set.of("var", "value");

    private final XmlCursor xml;

    PatternReader(XmlCursor xml) {
        this.xml = xml;
    }

    /** At return the current {@code servlet-mapping} has ended. */
    Mapping mapping() throws XMLStreamException {
        String[] servlet = new String[1];
        List<Condition> conditions = new ArrayList<>();
        xml.children(child -> {
            switch (child) {
                case "servlet-name" -> servlet[0] = xml.text();
                case "pattern" -> conditions.add(only("pattern"));
                default -> throw xml.unknown(child, "servlet-mapping");
            }
        });
        if (servlet[0] == null || conditions.size() != 1) {
            throw xml.wrong("<servlet-mapping> needs one <servlet-name> and one <pattern>");
        }
        return new Mapping(servlet[0], conditions.get(0));
    }

    /** The one condition in the current element. */
    private Condition only(String element) throws XMLStreamException {
        List<Condition> conditions = all();
        if (conditions.size() != 1) {
            throw xml.wrong("<" + element + "> needs one condition, not " + conditions.size());
        }
        return conditions.get(0);
    }

    private List<Condition> some(String element) throws XMLStreamException {
        List<Condition> conditions = all();
        if (conditions.isEmpty()) {
            throw xml.wrong("<" + element + "> needs a condition");
        }
        return conditions;
    }

    private List<Condition> all() throws XMLStreamException {
        List<Condition> conditions = new ArrayList<>();
        xml.children(child -> conditions.add(condition(child)));
        return conditions;
    }

    private Condition condition(String element) throws XMLStreamException {
        boolean ignoreCase = xml.flag("ignore-case");
        return switch (element) {
            case "and" -> new Condition.And(some(element));
            case "or" -> new Condition.Or(some(element));
            case "not" -> new Condition.Not(only(element));
            case "equal" -> {
                Operands operands = operands(element);
                yield new Condition.Equal(operands.variable(), operands.value(), ignoreCase);
            }
            case "contains" -> {
                Operands operands = operands(element);
                yield new Condition.Contains(operands.variable(), operands.value(), ignoreCase);
            }
            case "subdomain-of" -> {
                Operands operands = operands(element);
                yield new Condition.SubdomainOf(operands.variable(), operands.value());
            }
            case "exists" -> new Condition.Exists(operands(element).variable());
            default -> throw xml.unknown(element, "pattern");
        };
    }

    private record Operands(String variable, String value) {}

    private Operands operands(String element) throws XMLStreamException {
        boolean valued = !element.equals("exists");
        String[] found = new String[2];
        xml.children(child -> {
            if (!PARTS_ONLY.contains(child) || child.equals("value") && !valued) {
                throw xml.unknown(child, element);
            }
            if (child.equals("var")) {
                found[0] = xml.text();
                if (!found[0].startsWith("request.")) {
                    throw xml.wrong("<var> must begin with 'request.', it is '" + found[0] + "'");
                }
            } else {
                found[1] = xml.anyText();
            }
        });
        if (found[0] == null || valued && found[1] == null) {
            throw xml.wrong("<" + element + "> needs " + (valued ? "<var> and <value>" : "<var>"));
        }
        return new Operands(found[0], found[1]);
    }
}
