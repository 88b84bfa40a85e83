// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.container.ServletSelection.Condition;
import io.ifbus.sip.container.ServletSelection.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import javax.servlet.sip.SipServletRequest;

/**
 * Finds the servlet that the mappings of an application give an initial request to (JSR 289 chapter 16). A condition over
 * a variable without a value does not hold.
 */
final class ServletMappings {
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[.*|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final List<Mapping> mappings;

    ServletMappings(ServletSelection selection) {
        this.mappings = selection instanceof ServletSelection.Mappings rules ? rules.mappings() : List.of();
    }

    /** The servlet of the first mapping whose condition holds. */
    Optional<String> servletFor(SipServletRequest request) {
        return mappings.stream()
                .filter(mapping -> holds(mapping.condition(), request))
                .map(Mapping::servlet)
                .findFirst();
    }

    private static boolean holds(Condition condition, SipServletRequest request) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().allMatch(part -> holds(part, request));
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(part -> holds(part, request));
        }
        if (condition instanceof Condition.Not not) {
            return !holds(not.condition(), request);
        }
        if (condition instanceof Condition.Exists exists) {
            return RequestVariable.valueOf(exists.variable(), request).isPresent();
        }
        if (condition instanceof Condition.Equal equal) {
            return compare(equal.variable(), equal.value(), equal.ignoreCase(), request, String::equals);
        }
        if (condition instanceof Condition.Contains contains) {
            return compare(contains.variable(), contains.value(), contains.ignoreCase(), request, String::contains);
        }
        Condition.SubdomainOf domain = (Condition.SubdomainOf) condition;
        return RequestVariable.valueOf(domain.variable(), request)
                .filter(value -> domain.variable().endsWith(".tel")
                        ? value.startsWith(RequestVariable.withoutSeparators(domain.value()))
                        : isSubdomain(value, domain.value()))
                .isPresent();
    }

    private static boolean compare(
            String variable,
            String literal,
            boolean ignoreCase,
            SipServletRequest request,
            BiPredicate<String, String> relation) {
        return RequestVariable.valueOf(variable, request)
                .filter(value -> relation.test(folded(value, ignoreCase), folded(literal, ignoreCase)))
                .isPresent();
    }

    private static String folded(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Of names, by the dots; an IP address has no subdomains. Names know no case (RFC 1035 section 2.3.3). */
    private static boolean isSubdomain(String host, String domain) {
        String name = host.toLowerCase(Locale.ROOT);
        String parent = domain.toLowerCase(Locale.ROOT);
        return name.equals(parent)
                || (name.endsWith("." + parent) && !IP_ADDRESS.matcher(name).matches());
    }
}
