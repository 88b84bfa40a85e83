// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.util.Objects.requireNonNull;

import gov.nist.javax.sip.header.ParametersExt;
import java.io.Serializable;
import java.text.ParseException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.servlet.sip.Parameterable;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;

/** Parameters by their names in lower case, in their order; what is set here is set in the header, too, if there is one. */
public abstract class ParameterableImpl implements Parameterable, Cloneable, Serializable {
    private static final long serialVersionUID = 1L;

    /** Parameters that are written in quotes in each header: those of challenges, credentials and reasons. */
    private static final Set<String> QUOTED = Set.of(
            "vendor",
            "model",
            "version",
            "cnonce",
            "nextnonce",
            "nonce",
            "code",
            "oc-algo",
            "cid",
            "text",
            "domain",
            "opaque",
            "qop",
            "realm",
            "response",
            "rspauth",
            "uri",
            "username");

    /** A token, a host or what is in quotes already (RFC 3261 section 25.1, gen-value). */
    private static final Pattern PLAIN = Pattern.compile("[\\w.!%*+`'~\\[\\]:-]*|<[^<>]*>|\".*\"", Pattern.DOTALL);

    final Map<String, String> parameters = new LinkedHashMap<>();
    transient Parameters header;
    ModifiableRule isModifiable = ModifiableRule.Modifiable;

    ParameterableImpl() {}

    /** @param given in any order; that of the header counts */
    ParameterableImpl(Header header, Map<String, String> given, ModifiableRule rule) {
        isModifiable = rule;
        if (header instanceof Parameters own) {
            this.header = own;
            for (Iterator<?> names = own.getParameterNames(); names.hasNext(); ) {
                parameters.put(lower((String) names.next()), "");
            }
            parameters.keySet().removeIf(name -> given.keySet().stream().noneMatch(name::equalsIgnoreCase));
        }
        take(given);
    }

    /** Adds those of {@code given} here alone. */
    final void take(Map<String, String> given) {
        given.forEach((name, value) -> parameters.put(lower(name), value == null ? "" : value));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Those of a header by themselves; none of a URI's. */
    public Map<String, String> getInternalParameters() {
        return parameters;
    }

    @Override
    public String getParameter(String name) {
        return parameters.get(lower(requireNonNull(name, "name")));
    }

    @Override
    public Iterator<String> getParameterNames() {
        return Collections.unmodifiableSet(parameters.keySet()).iterator();
    }

    @Override
    public Set<Map.Entry<String, String>> getParameters() {
        return new LinkedHashMap<>(parameters).entrySet();
    }

    private void check(String name) {
        if (isModifiable == ModifiableRule.NotModifiable
                || name.equals("tag") && (isModifiable == ModifiableRule.From || isModifiable == ModifiableRule.To)
                || name.equals("branch") && isModifiable == ModifiableRule.Via) {
            throw new IllegalStateException("the " + name + " parameter is the container's");
        }
    }

    @Override
    public void removeParameter(String name) {
        String key = lower(requireNonNull(name, "name"));
        check(key);
        parameters.remove(key);
        if (header != null) {
            header.removeParameter(key);
        }
    }

    /** @param value empty for a flag; null removes the parameter */
    @Override
    public void setParameter(String name, String value) {
        String key = lower(requireNonNull(name, "name"));
        if (value == null) {
            removeParameter(key);
            return;
        }
        check(key);
        if (header != null) {
            write(key, value);
        }
        parameters.put(key, value);
    }

    private void write(String name, String value) {
        try {
            if (QUOTED.contains(name) && !value.startsWith("\"") && header instanceof ParametersExt quoting) {
                quoting.setQuotedParameter(name, value);
            } else {
                header.setParameter(name, value.isEmpty() ? null : written(value));
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a parameter: " + name + '=' + value, e);
        }
    }

    /** The value, in quotes if it needs them. */
    private static String written(String value) {
        return PLAIN.matcher(value).matches() ? value : '"' + value.replaceAll("[\"\\\\]", "\\\\$0") + '"';
    }

    @Override
    public abstract Object clone();

    /** The parameters, with semicolons between them. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(";");
        parameters.forEach((name, value) -> text.add(value.isEmpty() ? name : name + '=' + written(value)));
        return text.toString();
    }
}
