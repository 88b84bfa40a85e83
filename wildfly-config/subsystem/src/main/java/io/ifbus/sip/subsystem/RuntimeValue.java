// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.util.function.Function;
import org.jboss.as.controller.AbstractRuntimeOnlyHandler;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.dmr.ModelNode;

/** Reads an attribute that is not in the model but in the running server. */
final class RuntimeValue extends AbstractRuntimeOnlyHandler {
    private final Function<OperationContext, ModelNode> value;

    private RuntimeValue(Function<OperationContext, ModelNode> value) {
        this.value = value;
    }

    static void register(
            ManagementResourceRegistration resource,
            AttributeDefinition definition,
            Function<OperationContext, ModelNode> value) {
        resource.registerReadOnlyAttribute(definition, new RuntimeValue(value));
    }

    @Override
    protected void executeRuntimeStep(OperationContext context, ModelNode operation) {
        context.getResult().set(value.apply(context));
    }
}
