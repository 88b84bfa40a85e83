// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import org.jboss.as.controller.ModelVersion;
import org.jboss.as.controller.SubsystemModel;

/** The versions of the management model. */
enum SipModel implements SubsystemModel {
    VERSION_1_0_0(1, 0, 0);

    static final SipModel CURRENT = VERSION_1_0_0;

    private final ModelVersion version;

    SipModel(int major, int minor, int micro) {
        this.version = ModelVersion.create(major, minor, micro);
    }

    @Override
    public ModelVersion getVersion() {
        return version;
    }
}
