// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A place in an XML file. It loads nothing but the file itself: no DTD, no entity (an entity that is used is an error).
 * Every complaint names file and line.
 */
final class XmlCursor {
    private static final Set<String> NAMESPACES = Set.of(
            "http://www.jcp.org/xml/ns/sipservlet",
            "http://java.sun.com/xml/ns/j2ee",
            "http://java.sun.com/xml/ns/javaee",
            "http://xmlns.jcp.org/xml/ns/javaee",
            "https://jakarta.ee/xml/ns/jakartaee");

    private final String file;
    private final XMLStreamReader reader;

    /** Reads one element, from its start tag to its end tag. */
    @FunctionalInterface
    interface ElementReader {
        void read(String name) throws XMLStreamException;
    }

    XmlCursor(String file, InputStream in) throws XMLStreamException {
        this.file = file;
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        this.reader = factory.createXMLStreamReader(in);
    }

    /** For the parsers of Jakarta EE's own metadata. */
    XMLStreamReader reader() {
        return reader;
    }

    /** The document's element, which must have that name. */
    void root(String name) throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            // prolog
        }
        requireKnownNamespace();
        if (!reader.getLocalName().equals(name)) {
            throw wrong("<" + name + "> is expected, not <" + reader.getLocalName() + ">");
        }
    }

    /** Hands each child of the current element to {@code children}; at return the current element has ended. */
    void children(ElementReader children) throws XMLStreamException {
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                requireKnownNamespace();
                children.read(reader.getLocalName());
            } else if (event == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace()) {
                throw wrong("text is not expected here: " + reader.getText().strip());
            }
        }
    }

    private void requireKnownNamespace() {
        String namespace = reader.getNamespaceURI();
        if (namespace != null && !namespace.isEmpty() && !NAMESPACES.contains(namespace)) {
            throw wrong("<" + reader.getLocalName() + "> is of an unknown namespace: " + namespace);
        }
    }

    /** The text of the current element, which must not be empty; at return it has ended. */
    String text() throws XMLStreamException {
        String element = reader.getLocalName();
        String text = reader.getElementText().strip();
        if (text.isEmpty()) {
            throw wrong("<" + element + "> is empty");
        }
        return text;
    }

    /** The text of the current element as it is; at return it has ended. */
    String anyText() throws XMLStreamException {
        return reader.getElementText().strip();
    }

    int number() throws XMLStreamException {
        String element = reader.getLocalName();
        String text = reader.getElementText().strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(at("<" + element + "> must be a number, not '" + text + "'"), e);
        }
    }

    /** Null when the current element has no such attribute. */
    String attribute(String name) {
        return reader.getAttributeValue(null, name);
    }

    boolean flag(String attribute) {
        String value = attribute(attribute);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw wrong("the attribute " + attribute + " must be true or false, not '" + value + "'");
        }
        return Boolean.parseBoolean(value);
    }

    boolean isIn(String namespace) {
        return namespace.equals(reader.getNamespaceURI());
    }

    /** Passes the current element with all that is in it. */
    void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    IllegalArgumentException unknown(String element, String parent) {
        return wrong("<" + element + "> is not known in <" + parent + ">");
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(at(what));
    }

    private String at(String what) {
        return file + ":" + reader.getLocation().getLineNumber() + ": " + what;
    }
}
