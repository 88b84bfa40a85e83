// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.DialogTimeoutEvent;
import io.ifbus.sip.container.dispatch.SerialQueues;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CallIdHeader;
import org.mobicents.servlet.sip.core.SipApplicationDispatcherImpl;

/**
 * The engine's dispatcher, with its loose ends put on the calls' queues.
 *
 * <p>Messages reach it on their call's queue already. What the stack's timer threads report (time-outs, terminated
 * transactions and dialogs) is moved there first, and what the engine hands to its executor runs behind the work that
 * handed it over.
 */
final class SerialDispatcher extends SipApplicationDispatcherImpl {
    /** The same on every node, so that any node understands the tags that another one gave out. */
    private static final String CLUSTER_ID = "ifbus";

    private final SerialQueues queues;
    private final ThreadPoolExecutor executor;

    SerialDispatcher(SerialQueues queues) {
        this.queues = queues;
        this.executor = new QueueingExecutor(queues);
    }

    @Override
    public String getApplicationServerId() {
        return CLUSTER_ID;
    }

    @Override
    public String getApplicationServerIdHash() {
        return CLUSTER_ID;
    }

    @Override
    public ThreadPoolExecutor getAsynchronousExecutor() {
        return executor;
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        queues.execute(callId(transaction), () -> super.processTimeout(event));
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        queues.execute(callId(transaction), () -> super.processTransactionTerminated(event));
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        queues.execute(callId(event.getDialog()), () -> super.processDialogTerminated(event));
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        queues.execute(callId(event.getDialog()), () -> super.processDialogTimeout(event));
    }

    private static String callId(Transaction transaction) {
        return ((CallIdHeader) transaction.getRequest().getHeader(CallIdHeader.NAME)).getCallId();
    }

    private static String callId(Dialog dialog) {
        return dialog.getCallId().getCallId();
    }

    /** The type the engine insists on; none of its threads is ever started. */
    private static final class QueueingExecutor extends ThreadPoolExecutor {
        private final SerialQueues queues;

        QueueingExecutor(SerialQueues queues) {
            super(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            this.queues = queues;
        }

        @Override
        public void execute(Runnable task) {
            queues.executeHere(task);
        }
    }
}
