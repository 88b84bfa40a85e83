// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.util.EnumSet;
import java.util.List;
import org.jboss.as.controller.persistence.xml.ResourceXMLChoice;
import org.jboss.as.controller.persistence.xml.ResourceXMLParticleFactory;
import org.jboss.as.controller.persistence.xml.SubsystemResourceRegistrationXMLElement;
import org.jboss.as.controller.persistence.xml.SubsystemResourceXMLSchema;
import org.jboss.as.controller.xml.IntVersionSchema;
import org.jboss.as.controller.xml.VersionedNamespace;
import org.jboss.as.controller.xml.XMLCardinality;
import org.jboss.staxmapper.IntVersion;

/** The versions of the XML form, {@code urn:ifbus:sip:<version>}. */
enum SipSchema implements SubsystemResourceXMLSchema<SipSchema> {
    VERSION_1_0(1, 0);

    static final SipSchema CURRENT = VERSION_1_0;

    private final VersionedNamespace<IntVersion, SipSchema> namespace;
    private final ResourceXMLParticleFactory factory = ResourceXMLParticleFactory.newInstance(this);

    SipSchema(int major, int minor) {
        this.namespace = IntVersionSchema.createURN(List.of("ifbus", "sip"), new IntVersion(major, minor));
    }

    @Override
    public VersionedNamespace<IntVersion, SipSchema> getNamespace() {
        return namespace;
    }

    @Override
    public SubsystemResourceRegistrationXMLElement getSubsystemXMLElement() {
        ResourceXMLChoice.Builder connectors = factory.choice().withCardinality(XMLCardinality.Unbounded.OPTIONAL);
        for (ConnectorRegistrar connector : ConnectorRegistrar.ALL) {
            connectors.addElement(factory.namedElement(connector.registration())
                    .addAttributes(connector.attributes())
                    .build());
        }
        return factory.subsystemElement(SipSubsystemRegistrar.REGISTRATION)
                .provideAttributes(EnumSet.allOf(SipAttribute.class))
                .addAttributes(
                        List.of(RouterAttributes.FILE, SipSubsystemRegistrar.SECURITY_DOMAIN, TrustedPeers.ATTRIBUTE))
                .withContent(factory.sequence()
                        .withCardinality(XMLCardinality.Single.OPTIONAL)
                        .addElement(RouterAttributes.INLINE)
                        .addChoice(connectors.build())
                        .build())
                .build();
    }
}
