// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.ServletSelection;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jboss.metadata.javaee.spec.EnvironmentRefsGroupMetaData;
import org.jboss.metadata.parser.ee.EnvironmentRefsGroupMetaDataParser;

/**
 * WEB-INF/sip.xml, in the form of the schema sip-app_1_1 or of the DTD sip-app_1_0 (JSR 289 chapter 19, JSR 116). The
 * DTD is not loaded. The elements may come in any order.
 */
final class SipXml {
    static final String FILE = "WEB-INF/sip.xml";

    private static final String NAMESPACE = "http://www.jcp.org/xml/ns/sipservlet";
    private static final Set<String> ONCE =
            Set.of("app-name", "distributable", "session-config", "proxy-config", "servlet-selection");

    private final XmlCursor xml;
    private final SecurityReader security;
    private final PatternReader patterns;
    private final EnvironmentRefsGroupMetaData environment = new EnvironmentRefsGroupMetaData();
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<Declaration.Servlet> servlets = new ArrayList<>();
    private final Set<String> listeners = new LinkedHashSet<>();
    private final Map<String, String> contextParameters = new LinkedHashMap<>();
    private final List<ServletSelection.Mapping> mappings = new ArrayList<>();
    private String mainServlet;
    private String name;
    private Integer proxyTimeout;
    private Integer sessionTimeout;
    private boolean nameNeeded;
    private boolean metadataComplete;

    private SipXml(XmlCursor xml) {
        this.xml = xml;
        this.security = new SecurityReader(xml);
        this.patterns = new PatternReader(xml);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is wrong, with file and line
     */
    static SipXml read(InputStream in) {
        try {
            XmlCursor xml = new XmlCursor(FILE, in);
            SipXml file = new SipXml(xml);
            xml.root("sip-app");
            file.nameNeeded = xml.isIn(NAMESPACE) || "1.1".equals(xml.attribute("version"));
            file.metadataComplete = xml.flag("metadata-complete");
            xml.children(file::child);
            file.requireOneSelection();
            return file;
        } catch (XMLStreamException e) {
            String message = e.getMessage().replace('\n', ' ');
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new IllegalArgumentException(FILE + ":" + line + ": " + message, e);
        }
    }

    /** Whether the annotations count for nothing. */
    boolean isMetadataComplete() {
        return metadataComplete;
    }

    /** Whether the application needs a name by {@code app-name} or an annotation: so since version 1.1. */
    boolean isNameNeeded() {
        return nameNeeded;
    }

    /** What is to be bound in {@code java:comp/env}. */
    EnvironmentRefsGroupMetaData environment() {
        return environment;
    }

    Declaration declaration() {
        return new Declaration(
                name,
                selection(),
                servlets,
                List.copyOf(listeners),
                contextParameters,
                null,
                proxyTimeout,
                sessionTimeout,
                seen.contains("distributable") ? true : null,
                security.security());
    }

    private ServletSelection selection() {
        if (mainServlet != null) {
            return new ServletSelection.Main(mainServlet);
        }
        return mappings.isEmpty() ? null : new ServletSelection.Mappings(mappings);
    }

    private void child(String element) throws XMLStreamException {
        if (!seen.add(element) && ONCE.contains(element)) {
            throw xml.wrong("a second <" + element + ">");
        }
        switch (element) {
            case "app-name" -> name = xml.text();
            case "description", "display-name", "icon", "distributable" -> xml.skip();
            case "message-destination", "locale-encoding-mapping-list" -> xml.skip();
            case "context-param" -> ServletReader.parameter(xml, contextParameters, element);
            case "listener" -> listener();
            case "servlet-selection" -> servletSelection();
            case "servlet-mapping" -> mappings.add(patterns.mapping()); // its place in 1.0
            case "servlet" -> servlets.add(ServletReader.servlet(xml));
            case "proxy-config" -> proxyConfig();
            case "session-config" -> sessionConfig();
            case "security-constraint" -> security.constraint();
            case "login-config" -> security.login();
            case "security-role" -> security.role();
            default -> reference(element);
        }
    }

    /** {@code env-entry}, {@code ejb-ref} and the like are read as those of web.xml are. */
    private void reference(String element) throws XMLStreamException {
        if (!EnvironmentRefsGroupMetaDataParser.parse(xml.reader(), environment)) {
            throw xml.unknown(element, "sip-app");
        }
    }

    private void listener() throws XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "description", "display-name", "icon" -> xml.skip();
                case "listener-class" -> listeners.add(xml.text());
                default -> throw xml.unknown(child, "listener");
            }
        });
    }

    private void servletSelection() throws XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "main-servlet" -> mainServlet = xml.text();
                case "servlet-mapping" -> mappings.add(patterns.mapping());
                default -> throw xml.unknown(child, "servlet-selection");
            }
        });
        requireOneSelection();
    }

    private void requireOneSelection() {
        if (mainServlet != null && !mappings.isEmpty()) { // JSR 289 section 16.1
            throw xml.wrong("there may be a <main-servlet> or <servlet-mapping>s, not both");
        }
    }

    private void proxyConfig() throws XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "proxy-timeout", "sequential-search-timeout" -> proxyTimeout = xml.number();
                default -> throw xml.unknown(child, "proxy-config");
            }
        });
        if (proxyTimeout != null && proxyTimeout <= 0) {
            throw xml.wrong("<proxy-timeout> must be greater than 0, it is " + proxyTimeout);
        }
    }

    private void sessionConfig() throws XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "session-timeout" -> sessionTimeout = Math.max(0, xml.number()); // 0 or less: never
                default -> throw xml.unknown(child, "session-config");
            }
        });
    }
}
