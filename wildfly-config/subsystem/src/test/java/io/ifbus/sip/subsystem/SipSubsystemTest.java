// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jboss.as.controller.PathAddress;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.descriptions.ModelDescriptionConstants;
import org.jboss.as.controller.persistence.SubsystemMarshallingContext;
import org.jboss.as.version.Stability;
import org.jboss.dmr.ModelNode;
import org.jboss.staxmapper.FormattingXMLStreamWriter;
import org.jboss.staxmapper.XMLMapper;
import org.junit.jupiter.api.Test;
import org.wildfly.subsystem.SubsystemPersistence;

/** The XML form and the model's texts. */
final class SipSubsystemTest {
    private static final PathElement SUBSYSTEM = SipSubsystemRegistrar.REGISTRATION.getPathElement();

    @Test
    void xmlBecomesOneAddOperationPerResource() throws Exception {
        List<ModelNode> operations = parse(example());

        assertThat(operations.stream()
                        .map(operation -> PathAddress.pathAddress(operation.get(ModelDescriptionConstants.OP_ADDR))
                                .toCLIStyleString()))
                .containsExactly(
                        "/subsystem=sip",
                        "/subsystem=sip/udp-connector=udp",
                        "/subsystem=sip/udp-connector=second",
                        "/subsystem=sip/tcp-connector=tcp");
        assertThat(operations.get(0).get("worker-threads").asString()).isEqualTo("${test.threads:32}");
        assertThat(operations.get(2).get("socket-binding").asString()).isEqualTo("other");
    }

    @Test
    void modelWrittenAsXmlIsTheSameXml() throws Exception {
        String example = example();

        assertThat(write(model(parse(example)))).isEqualToIgnoringWhitespace(example);
    }

    @Test
    void defaultsAreNotWritten() throws Exception {
        String xml = "<subsystem xmlns=\"urn:ifbus:sip:1.0\"/>";

        assertThat(write(model(parse(xml)))).isEqualToIgnoringWhitespace(xml);
    }

    @Test
    void connectorNeedsASocketBinding() {
        assertThatThrownBy(
                        () -> parse("<subsystem xmlns=\"urn:ifbus:sip:1.0\"><udp-connector name=\"udp\"/></subsystem>"))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("socket-binding");
    }

    @Test
    void exampleObeysTheSchemaDocument() throws Exception {
        URL schema = SipSchema.class.getResource("/schema/ifbus-sip_1_0.xsd");

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schema)
                .newValidator()
                .validate(new StreamSource(new StringReader(example().replace("${test.threads:32}", "32"))));
    }

    @Test
    void everyPartOfTheModelIsDescribed() {
        ResourceBundle texts = ResourceBundle.getBundle("io.ifbus.sip.subsystem.LocalDescriptions");
        Stream<String> attributes = Arrays.stream(SipAttribute.values()).map(attribute -> "sip." + attribute.getName());
        Stream<String> metrics = Arrays.stream(SipMetric.values()).map(metric -> "sip." + metric.getName());
        Stream<String> connectors = ConnectorRegistrar.ALL.stream()
                .map(connector ->
                        "sip." + connector.registration().getPathElement().getKey())
                .flatMap(key -> Stream.of(key, key + ".add", key + ".remove", key + ".socket-binding"));

        assertThat(texts.keySet())
                .containsAll(Stream.of(attributes, metrics, connectors)
                        .flatMap(keys -> keys)
                        .toList())
                .contains("sip", "sip.add", "sip.remove");
    }

    private static String example() throws IOException {
        try (var in = SipSubsystemTest.class.getResourceAsStream("sip-1.0.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("<!--.*-->\\s*", "");
        }
    }

    private static List<ModelNode> parse(String xml) throws XMLStreamException {
        XMLMapper mapper = XMLMapper.Factory.create();
        SipSchema schema = SipSchema.CURRENT;
        mapper.registerRootElement(
                new QName(schema.getNamespace().getUri(), schema.getLocalName()),
                SubsystemPersistence.of(schema).getReader(schema));
        List<ModelNode> operations = new ArrayList<>();
        mapper.parseDocument(operations, XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(xml)));
        return operations;
    }

    /** What the add operations would leave in the management model. */
    private static ModelNode model(List<ModelNode> operations) {
        ModelNode root = new ModelNode().setEmptyObject();
        for (ModelNode operation : operations) {
            ModelNode resource = root;
            for (PathElement element : PathAddress.pathAddress(operation.get(ModelDescriptionConstants.OP_ADDR))) {
                resource = element.equals(SUBSYSTEM) ? root : resource.get(element.getKeyValuePair());
            }
            for (String name : operation.keys()) {
                if (!name.equals(ModelDescriptionConstants.OP) && !name.equals(ModelDescriptionConstants.OP_ADDR)) {
                    resource.get(name).set(operation.get(name));
                }
            }
        }
        return root;
    }

    private static String write(ModelNode model) throws XMLStreamException {
        StringWriter out = new StringWriter();
        FormattingXMLStreamWriter writer =
                new FormattingXMLStreamWriter(XMLOutputFactory.newFactory().createXMLStreamWriter(out));
        SubsystemPersistence.of(SipSchema.CURRENT)
                .getWriter(Stability.COMMUNITY)
                .writeContent(writer, new SubsystemMarshallingContext(model, writer));
        writer.writeEndDocument(); // closes what is still open
        return out.toString();
    }
}
