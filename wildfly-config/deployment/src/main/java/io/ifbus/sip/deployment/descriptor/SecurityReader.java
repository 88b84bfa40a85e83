// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.SipSecurity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Reads the elements of JSR 289 chapter 17 and gathers what they say. */
final class SecurityReader {
    private static final String DEFAULT_METHOD = "DIGEST";
    private static final Set<String> CONFIDENTIAL = Set.of("INTEGRAL", "CONFIDENTIAL");

    private final XmlCursor xml;
    private final List<SipSecurity.Constraint> constraints = new ArrayList<>();
    private final Set<String> roles = new LinkedHashSet<>();
    private SipSecurity.Login login;

    SecurityReader(XmlCursor xml) {
        this.xml = xml;
    }

    /** Null when the file says nothing of security. */
    SipSecurity security() {
        boolean silent = constraints.isEmpty() && roles.isEmpty() && login == null;
        return silent ? null : new SipSecurity(constraints, login, roles);
    }

    private record Resources(List<String> servlets, Set<String> methods) {}

    void constraint() throws XMLStreamException {
        List<Resources> collections = new ArrayList<>();
        Set<String> allowed = new LinkedHashSet<>();
        boolean[] said = new boolean[3]; // authenticate, by 407, confidential
        xml.children(child -> {
            switch (child) {
                case "display-name" -> xml.skip();
                case "resource-collection" -> collections.add(resources());
                case "proxy-authentication" -> {
                    said[1] = true;
                    xml.skip();
                }
                case "auth-constraint" -> {
                    said[0] = true;
                    roleNames(allowed, child);
                }
                case "user-data-constraint" -> said[2] = confidential();
                default -> throw xml.unknown(child, "security-constraint");
            }
        });
        if (collections.isEmpty()) {
            throw xml.wrong("<security-constraint> needs a <resource-collection>");
        }
        for (Resources resources : collections) {
            constraints.add(new SipSecurity.Constraint(
                    resources.servlets(), resources.methods(), allowed, said[0], said[1], said[2]));
        }
    }

    private Resources resources() throws XMLStreamException {
        Resources resources = new Resources(new ArrayList<>(), new LinkedHashSet<>());
        xml.children(child -> {
            switch (child) {
                case "resource-name", "description" -> xml.skip();
                case "servlet-name" -> resources.servlets().add(xml.text());
                case "sip-method" -> resources.methods().add(xml.text());
                default -> throw xml.unknown(child, "resource-collection");
            }
        });
        return resources;
    }

    private void roleNames(Set<String> names, String element) throws XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "description" -> xml.skip();
                case "role-name" -> names.add(xml.text());
                default -> throw xml.unknown(child, element);
            }
        });
    }

    private boolean confidential() throws XMLStreamException {
        String[] guarantee = new String[1];
        xml.children(child -> {
            switch (child) {
                case "description" -> xml.skip();
                case "transport-guarantee" -> guarantee[0] = xml.text();
                default -> throw xml.unknown(child, "user-data-constraint");
            }
        });
        if (guarantee[0] == null || !guarantee[0].equals("NONE") && !CONFIDENTIAL.contains(guarantee[0])) {
            throw xml.wrong("<transport-guarantee> must be NONE, INTEGRAL or CONFIDENTIAL, not '" + guarantee[0] + "'");
        }
        return CONFIDENTIAL.contains(guarantee[0]);
    }

    void login() throws XMLStreamException {
        if (login != null) {
            throw xml.wrong("a second <login-config>");
        }
        String[] said = {DEFAULT_METHOD, null, null};
        xml.children(child -> {
            switch (child) {
                case "auth-method" -> said[0] = xml.text();
                case "realm-name" -> said[1] = xml.text();
                case "identity-assertion" -> said[2] = identityAssertion();
                default -> throw xml.unknown(child, "login-config");
            }
        });
        login = new SipSecurity.Login(said[0], said[1], said[2]);
    }

    /** REQUIRED, SUPPORTED, or null where it is not P-Asserted-Identity that is supported. */
    private String identityAssertion() throws XMLStreamException {
        String[] said = {null, "SUPPORTED"};
        xml.children(child -> {
            switch (child) {
                case "identity-assertion-scheme" -> said[0] = xml.text();
                case "identity-assertion-support" -> said[1] = xml.text();
                default -> throw xml.unknown(child, "identity-assertion");
            }
        });
        if (!Set.of("REQUIRED", "SUPPORTED").contains(said[1])) {
            throw xml.wrong("<identity-assertion-support> must be REQUIRED or SUPPORTED, not '" + said[1] + "'");
        }
        if ("P-Asserted-Identity".equals(said[0])) {
            return said[1];
        }
        if ("Identity".equals(said[0]) && said[1].equals("SUPPORTED")) {
            return null; // RFC 4474 is obsolete: nobody is let in by it, digest remains
        }
        throw xml.wrong("<identity-assertion-scheme> must be P-Asserted-Identity, not '" + said[0] + "'");
    }

    void role() throws XMLStreamException {
        roleNames(roles, "security-role");
    }
}
