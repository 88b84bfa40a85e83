// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import org.wildfly.subsystem.SubsystemConfiguration;
import org.wildfly.subsystem.SubsystemExtension;
import org.wildfly.subsystem.SubsystemPersistence;

/** Found by WildFly through {@code META-INF/services}. */
public final class SipExtension extends SubsystemExtension<SipSchema> {
    public SipExtension() {
        super(
                SubsystemConfiguration.of(
                        SipSubsystemRegistrar.REGISTRATION, SipModel.CURRENT, SipSubsystemRegistrar::new),
                SubsystemPersistence.of(SipSchema.CURRENT));
    }
}
