// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.StringListAttributeDefinition;
import org.jboss.as.controller.operations.validation.ModelTypeValidator;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** From whom P-Asserted-Identity is believed (RFC 3325). A change takes effect with the next reload. */
final class TrustedPeers {
    static final StringListAttributeDefinition ATTRIBUTE = new StringListAttributeDefinition.Builder("trusted-peers")
            .setRequired(false)
            .setAllowExpression(true)
            .setElementValidator(new AddressValidator())
            .setRestartAllServices()
            .build();

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Of IPv4, or with a colon, so that it is never taken for a name. */
    private static final Pattern ADDRESS =
            Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private TrustedPeers() {}

    static Set<InetAddress> resolve(OperationContext context, ModelNode model) throws OperationFailedException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String text : ATTRIBUTE.unwrap(context, model)) {
            addresses.add(address(text));
        }
        return addresses;
    }

    /** No name, which would have to be looked up: whom it stands for is somebody else's word. */
    static InetAddress address(String text) throws OperationFailedException {
        if (!ADDRESS.matcher(text).matches()) {
            throw SubsystemLogger.LOG.noAddress(ATTRIBUTE.getName(), text);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) { // of IPv6, with a reason that is no better than ours
            throw SubsystemLogger.LOG.noAddress(ATTRIBUTE.getName(), text);
        }
    }

    private static final class AddressValidator extends ModelTypeValidator {
        AddressValidator() {
            super(ModelType.STRING, false, true, false);
        }

        @Override
        public void validateParameter(String name, ModelNode value) throws OperationFailedException {
            super.validateParameter(name, value);
            if (value.getType() == ModelType.STRING) {
                address(value.asString());
            }
        }
    }
}
