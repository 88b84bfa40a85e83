// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Reads {@code servlet}, and parameters wherever they stand. */
final class ServletReader {
    private final XmlCursor xml;
    private String name;
    private String className;
    private Integer loadOnStartup;
    private String runAs;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> roleLinks = new LinkedHashMap<>();

    private ServletReader(XmlCursor xml) {
        this.xml = xml;
    }

    /** At return the current {@code servlet} has ended. */
    static Declaration.Servlet servlet(XmlCursor xml) throws XMLStreamException {
        ServletReader reader = new ServletReader(xml);
        xml.children(reader::child);
        if (reader.name == null || reader.className == null) {
            throw xml.wrong("<servlet> needs <servlet-name> and <servlet-class>");
        }
        return new Declaration.Servlet(
                reader.name, reader.className, reader.loadOnStartup, reader.parameters, reader.runAs, reader.roleLinks);
    }

    private void child(String element) throws XMLStreamException {
        switch (element) {
            case "description", "display-name", "icon" -> xml.skip();
            case "servlet-name" -> name = xml.text();
            case "servlet-class" -> className = xml.text();
            case "init-param" -> parameter(xml, parameters, element);
            case "load-on-startup" -> loadOnStartup = loadOnStartup();
            case "run-as" -> runAs = runAs();
            case "security-role-ref" -> roleLink();
            default -> throw xml.unknown(element, "servlet");
        }
    }

    /** Empty means at start-up, at whatever place. */
    private Integer loadOnStartup() throws XMLStreamException {
        String text = xml.anyText();
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw xml.wrong("<load-on-startup> must be a number, not '" + text + "'");
        }
    }

    private String runAs() throws XMLStreamException {
        String[] role = new String[1];
        xml.children(child -> {
            switch (child) {
                case "description" -> xml.skip();
                case "role-name" -> role[0] = xml.text();
                default -> throw xml.unknown(child, "run-as");
            }
        });
        return role[0];
    }

    private void roleLink() throws XMLStreamException {
        String[] found = new String[2];
        xml.children(child -> {
            switch (child) {
                case "description" -> xml.skip();
                case "role-name" -> found[0] = xml.text();
                case "role-link" -> found[1] = xml.text();
                default -> throw xml.unknown(child, "security-role-ref");
            }
        });
        if (found[0] == null) {
            throw xml.wrong("<security-role-ref> needs a <role-name>");
        }
        roleLinks.put(found[0], found[1] == null ? found[0] : found[1]);
    }

    /**
     * Reads {@code init-param} or {@code context-param} into {@code parameters}.
     *
     * @throws IllegalArgumentException if the parameter has another value already
     */
    static void parameter(XmlCursor xml, Map<String, String> parameters, String element) throws XMLStreamException {
        String[] found = new String[2];
        xml.children(child -> {
            switch (child) {
                case "description" -> xml.skip();
                case "param-name" -> found[0] = xml.text();
                case "param-value" -> found[1] = xml.anyText();
                default -> throw xml.unknown(child, element);
            }
        });
        if (found[0] == null || found[1] == null) {
            throw xml.wrong("<" + element + "> needs <param-name> and <param-value>");
        }
        String before = parameters.put(found[0], found[1]);
        if (before != null && !before.equals(found[1])) {
            throw xml.wrong("the parameter '" + found[0] + "' has two values, '" + before + "' and '" + found[1] + "'");
        }
    }
}
