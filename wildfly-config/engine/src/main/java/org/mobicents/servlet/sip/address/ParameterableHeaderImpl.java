// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sip.header.Header;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;

/** A header field's value and its parameters; those are set in the header, too. */
public final class ParameterableHeaderImpl extends ParameterableImpl {
    private static final long serialVersionUID = 1L;

    private String value;

    public ParameterableHeaderImpl(Header header, String value, Map<String, String> parameters, ModifiableRule rule) {
        super(header, parameters, rule);
        this.value = value;
    }

    @Override
    public Object clone() {
        Header copy = header == null ? null : (Header) ((Header) header).clone();
        return new ParameterableHeaderImpl(copy, value, parameters, ModifiableRule.Modifiable);
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public void setValue(String value) {
        if (isModifiable == ModifiableRule.NotModifiable
                || isModifiable == ModifiableRule.From
                || isModifiable == ModifiableRule.To) {
            throw new IllegalStateException("the value is the container's");
        }
        this.value = requireNonNull(value, "value");
    }

    /** Values and names of parameters do not mind case; a parameter that only one has makes a difference. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterableHeaderImpl that
                && value.equalsIgnoreCase(that.value)
                && comparable().equals(that.comparable());
    }

    @Override
    public int hashCode() {
        return value.toLowerCase(Locale.ROOT).hashCode();
    }

    /** Quoted values keep their case (RFC 3261 section 7.3.1). */
    private Map<String, String> comparable() {
        Map<String, String> comparable = new HashMap<>();
        parameters.forEach(
                (name, each) -> comparable.put(name, each.startsWith("\"") ? each : each.toLowerCase(Locale.ROOT)));
        return comparable;
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? value : value + ';' + super.toString();
    }
}
