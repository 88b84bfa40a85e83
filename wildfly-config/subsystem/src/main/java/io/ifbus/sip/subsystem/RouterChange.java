// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.io.IOException;
import org.jboss.as.controller.AbstractWriteAttributeHandler;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathAddress;
import org.jboss.dmr.ModelNode;

/** Gives a changed application router to the running server; one that makes no sense is refused, and nothing is changed. */
final class RouterChange extends AbstractWriteAttributeHandler<Void> {
    private final RunningServer running;

    RouterChange(RunningServer running) {
        this.running = running;
    }

    @Override
    protected boolean applyUpdateToRuntime(
            OperationContext context,
            ModelNode operation,
            String attribute,
            ModelNode resolvedValue,
            ModelNode currentValue,
            HandbackHolder<Void> handback)
            throws OperationFailedException {
        boolean applied = route(context, model(context));
        return !applied; // true asks for a reload
    }

    @Override
    protected void revertUpdateToRuntime(
            OperationContext context,
            ModelNode operation,
            String attribute,
            ModelNode valueToRestore,
            ModelNode valueToRevert,
            Void handback)
            throws OperationFailedException {
        ModelNode before = model(context).clone();
        before.get(attribute).set(valueToRestore);
        route(context, before);
    }

    private static ModelNode model(OperationContext context) {
        return context.readResource(PathAddress.EMPTY_ADDRESS, false).getModel();
    }

    private boolean route(OperationContext context, ModelNode model) throws OperationFailedException {
        try {
            return running.route(new RouterAttributes(context, model));
        } catch (IOException | IllegalArgumentException e) {
            throw new OperationFailedException(e.getMessage(), e);
        }
    }
}
