// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.PathAddress;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.descriptions.ModelDescriptionConstants;
import org.jboss.as.controller.persistence.SubsystemMarshallingContext;
import org.jboss.as.version.Stability;
import org.jboss.dmr.ModelNode;
import org.jboss.staxmapper.FormattingXMLStreamWriter;
import org.jboss.staxmapper.XMLMapper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
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
                        "/subsystem=sip/tcp-connector=tcp",
                        "/subsystem=sip/tls-connector=tls",
                        "/subsystem=sip/ws-connector=ws",
                        "/subsystem=sip/wss-connector=wss");
        assertThat(operations.get(0).get("worker-threads").asString()).isEqualTo("${test.threads:32}");
        assertThat(operations.get(0).get("application-router").get("INVITE").asString())
                .isEqualTo("(\"attendant\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")");
        assertThat(operations.get(2).get("socket-binding").asString()).isEqualTo("other");
        assertThat(operations.get(6).get("client-certificate").asString()).isEqualTo("need");
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
    void connectorWithTlsNeedsAnSslContext() {
        assertThatThrownBy(() -> parse("<subsystem xmlns=\"urn:ifbus:sip:1.0\">"
                        + "<tls-connector name=\"tls\" socket-binding=\"sip-tls\"/></subsystem>"))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("ssl-context");
    }

    @Test
    void exampleObeysTheSchemaDocument() throws Exception {
        validate(example().replace("${test.threads:32}", "32"));
    }

    @Test
    void schemaDocumentKnowsEveryAttributeAndItsDefault() throws Exception {
        Document schema = document(SipSchema.class.getResourceAsStream("/schema/ifbus-sip_1_0.xsd"));
        Map<String, String> declared = attributes(schema, "subsystem");

        assertThat(declared.keySet()).containsExactlyInAnyOrderElementsOf(names(subsystemAttributes(false)));
        for (SipAttribute attribute : SipAttribute.values()) {
            assertThat(declared.get(attribute.getName()))
                    .as(attribute.getName())
                    .isEqualTo(attribute.get().getDefaultValue().asString());
        }
    }

    @Test
    void featurePackKnowsEveryAttribute() throws Exception {
        assertThat(parameters("subsystem.sip")).containsExactlyInAnyOrderElementsOf(names(subsystemAttributes(true)));
        for (ConnectorRegistrar connector : ConnectorRegistrar.ALL) {
            assertThat(parameters("subsystem.sip."
                            + connector.registration().getPathElement().getKey()))
                    .containsExactlyInAnyOrderElementsOf(names(connector.attributes()));
        }
    }

    @Test
    void everyPartOfTheModelIsDescribed() {
        ResourceBundle texts = ResourceBundle.getBundle("io.ifbus.sip.subsystem.LocalDescriptions");
        Stream<String> attributes = names(subsystemAttributes(true)).stream().map(name -> "sip." + name);
        Stream<String> metrics = Stream.concat(
                        Arrays.stream(SipMetric.values()).map(SipMetric::getName),
                        Arrays.stream(SipCounters.values())
                                .map(counters -> counters.definition().getName()))
                .map(name -> "sip." + name);
        Stream<String> connectors = ConnectorRegistrar.ALL.stream().flatMap(SipSubsystemTest::described);

        assertThat(texts.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Stream.of("sip", "sip.add", "sip.remove"), attributes, metrics, connectors)
                                .flatMap(keys -> keys)
                                .toList());
    }

    private static Stream<String> described(ConnectorRegistrar connector) {
        String key = "sip." + connector.registration().getPathElement().getKey();
        Stream<AttributeDefinition> attributes = Stream.concat(
                connector.attributes().stream(), connector.states().stream().map(ConnectorState::definition));
        return Stream.concat(
                Stream.of(key, key + ".add", key + ".remove"),
                attributes.map(attribute -> key + "." + attribute.getName()));
    }

    private static List<AttributeDefinition> subsystemAttributes(boolean andElements) {
        List<AttributeDefinition> all = new ArrayList<>();
        Arrays.stream(SipAttribute.values()).map(SipAttribute::get).forEach(all::add);
        all.add(RouterAttributes.FILE);
        all.add(SipSubsystemRegistrar.SECURITY_DOMAIN);
        all.add(TrustedPeers.ATTRIBUTE);
        if (andElements) {
            all.add(RouterAttributes.INLINE);
        }
        return all;
    }

    private static List<String> names(List<AttributeDefinition> attributes) {
        return attributes.stream().map(AttributeDefinition::getName).toList();
    }

    /** What the feature pack passes on to the operation that adds a resource. */
    private static List<String> parameters(String feature) throws Exception {
        Path spec = Path.of("../feature-pack/src/main/resources/features", feature, "spec.xml");
        try (InputStream in = Files.newInputStream(spec)) {
            NodeList elements = document(in).getElementsByTagName("elem");
            return IntStream.range(0, elements.getLength())
                    .mapToObj(i -> (Element) elements.item(i))
                    .filter(element -> element.getAttribute("name").equals("op-params"))
                    .flatMap(element ->
                            Arrays.stream(element.getAttribute("value").split(",")))
                    .toList();
        }
    }

    /** The attributes of a type of the schema document with their defaults. */
    private static Map<String, String> attributes(Document schema, String type) {
        NodeList types = schema.getElementsByTagName("xs:complexType");
        Element wanted = IntStream.range(0, types.getLength())
                .mapToObj(i -> (Element) types.item(i))
                .filter(element -> element.getAttribute("name").equals(type))
                .findFirst()
                .orElseThrow();
        NodeList attributes = wanted.getElementsByTagName("xs:attribute");
        return IntStream.range(0, attributes.getLength())
                .mapToObj(i -> (Element) attributes.item(i))
                .collect(Collectors.toMap(e -> e.getAttribute("name"), e -> e.getAttribute("default")));
    }

    private static Document document(InputStream in) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }

    private static void validate(String xml) throws Exception {
        URL schema = SipSchema.class.getResource("/schema/ifbus-sip_1_0.xsd");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schema)
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
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
