// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.util.Objects.requireNonNull;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.servlet.sip.URI;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.header.Parameters;

/** A view of a URI of the stack: what is set here is set there. Names and values of parameters are plain here, escaped there. */
public abstract class URIImpl extends ParameterableImpl implements URI {
    private static final long serialVersionUID = 1L;

    /** Never null. */
    javax.sip.address.URI uri;

    protected URIImpl(javax.sip.address.URI uri) {
        this.uri = uri;
    }

    protected URIImpl(TelURL uri) {
        this.uri = uri;
    }

    protected URIImpl(SipURI uri) {
        this.uri = uri;
    }

    public javax.sip.address.URI getURI() {
        return uri;
    }

    @Override
    public String getScheme() {
        return uri.getScheme();
    }

    @Override
    public boolean isSipURI() {
        return uri.isSipURI();
    }

    @Override
    public abstract URI clone();

    @Override
    public String toString() {
        return uri.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof URIImpl that && getClass() == that.getClass() && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    // ---- parameters ----

    @Override
    public String getParameter(String name) {
        requireNonNull(name, "name");
        if (!(uri instanceof Parameters parameters)) {
            return super.getParameter(name);
        }
        String written = written(parameters, name);
        return written == null ? null : value(parameters, written);
    }

    @Override
    public Iterator<String> getParameterNames() {
        return uri instanceof Parameters ? plain().keySet().iterator() : super.getParameterNames();
    }

    @Override
    public Set<Map.Entry<String, String>> getParameters() {
        return uri instanceof Parameters ? plain().entrySet() : super.getParameters();
    }

    /** @param value empty for a flag; null removes the parameter */
    @Override
    public void setParameter(String name, String value) {
        requireNonNull(name, "name");
        if (value == null) {
            removeParameter(name);
            return;
        }
        if (!(uri instanceof Parameters parameters)) {
            super.setParameter(name, value);
            return;
        }
        String written = written(parameters, name);
        try {
            parameters.setParameter(
                    written != null ? written : RFC2396UrlDecoder.encode(name),
                    value.isEmpty() ? null : RFC2396UrlDecoder.encode(value));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a parameter of a URI: " + name + '=' + value, e);
        }
    }

    @Override
    public void removeParameter(String name) {
        requireNonNull(name, "name");
        if (!(uri instanceof Parameters parameters)) {
            super.removeParameter(name);
            return;
        }
        String written = written(parameters, name);
        if (written != null) {
            parameters.removeParameter(written);
        }
    }

    private Map<String, String> plain() {
        Parameters parameters = (Parameters) uri;
        Map<String, String> plain = new LinkedHashMap<>();
        names(parameters).forEach(name -> plain.put(RFC2396UrlDecoder.decode(name), value(parameters, name)));
        return plain;
    }

    /** The name as it stands in the URI, perhaps with escapes; null if it has no such parameter. */
    private static String written(Parameters parameters, String name) {
        for (String each : names(parameters)) {
            if (RFC2396UrlDecoder.decode(each).equalsIgnoreCase(name)) {
                return each;
            }
        }
        return null;
    }

    private static String value(Parameters parameters, String name) {
        String value = parameters.getParameter(name);
        return value == null ? "" : RFC2396UrlDecoder.decode(value);
    }

    private static List<String> names(Parameters parameters) {
        List<String> names = new ArrayList<>();
        for (Iterator<?> all = parameters.getParameterNames(); all.hasNext(); ) {
            names.add((String) all.next());
        }
        return names;
    }
}
