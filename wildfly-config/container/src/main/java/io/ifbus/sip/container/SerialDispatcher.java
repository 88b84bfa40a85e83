// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPDialog;
import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.locator.Failover;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.TimeoutEvent;
import javax.sip.Transaction;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.SipApplicationDispatcherImpl;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.b2bua.MobicentsB2BUAHelper;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

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
    private final Onward.UnderWay underWay = new Onward.UnderWay(InstantSource.system());
    private final RouterRoutes routes;
    private final Updates updates = new Updates();
    private final Transit transit;
    private final Arrivals arrivals;

    SerialDispatcher(SerialQueues queues) {
        this.queues = queues;
        this.executor = new QueueingExecutor(queues);
        this.routes = new RouterRoutes(this, underWay);
        this.transit = new Transit(this);
        this.arrivals = new Arrivals(this, underWay, updates, transit);
    }

    /**
     * Does {@code work} alone with the session: what an application's own thread sends must not cross what arrives for
     * the session at that moment.
     *
     * @throws E what the work throws
     */
    <E extends Exception> void alone(MobicentsSipSession session, SerialQueues.Work<E> work) throws E {
        queues.alone(SerialQueues.sessionName(session.getKey().getApplicationSessionId()), work);
    }

    Updates updates() {
        return updates;
    }

    RouterRoutes routes() {
        return routes;
    }

    @Override
    public void processRequest(RequestEvent event) {
        arrivals.process(event);
        if (Request.PRACK.equals(event.getRequest().getMethod())) {
            acknowledged(event);
        }
    }

    /** The stack has matched the PRACK with the response that awaited it, or it would not have come here. */
    private void acknowledged(RequestEvent prack) {
        if (prack.getDialog() instanceof SIPDialog known
                && known.getLastTransaction() != null
                && known.getLastTransaction().getApplicationData() instanceof TransactionApplicationData data
                && data.getSipServletMessage() instanceof ServletRequestMessage invite
                && invite.isCall()
                && invite.getSipSession() != null) {
            alone(invite.getSipSession(), invite::acknowledged);
        }
    }

    /** The engine remembers the last application that it removed, with its classes, until it removes another. */
    @Override
    public SipContext removeSipApplication(String name) {
        SipContext removed = super.removeSipApplication(name);
        super.removeSipApplication(""); // none has that name
        return removed;
    }

    /** Asked by the engine when an application sends an initial request; the router has been asked before that. */
    @Override
    public SipApplicationRouterInfo getNextInterestedApplication(MobicentsSipServletRequest message) {
        ServletRequestMessage request = (ServletRequestMessage) message;
        SipApplicationRouterInfo next = request.next();
        if (next.getNextApplicationName() != null) {
            String branch = ((SIPRequest) request.getMessage()).getTopmostVia().getBranch();
            underWay.put(branch, request.onward());
        }
        return next;
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
    public void processResponse(ResponseEvent event) {
        transit.answered(event);
        if (!Failover.refusedBy(event).map(this::goesOn).orElse(false) && !ReliableReceipts.isOutOfOrder(event)) {
            ForkedAnswers.process(event, 64L * getBaseTimerInterval(), () -> super.processResponse(event));
        }
    }

    /** Whether the request was sent to its next server, so that nobody need see this one's refusal. */
    private boolean goesOn(SipServletRequestImpl request) {
        if (request.getSipSession() == null) {
            return false; // no application's; its refusal goes back to where it came from
        }
        boolean[] sent = new boolean[1];
        alone(request.getSipSession(), () -> sent[0] = request.visitNextHop());
        return sent[0];
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        queues.execute(callId(transaction), () -> {
            transit.failed(transaction, Response.REQUEST_TIMEOUT);
            super.processTimeout(event);
        });
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        Transaction transaction =
                event.isServerTransaction() ? event.getServerTransaction() : event.getClientTransaction();
        String callId = callId(transaction);
        queues.execute(callId, () -> {
            updates.ended(transaction);
            transit.ended(transaction);
            if (transaction instanceof ServerTransaction ended) {
                arrivals.ended(ended);
            }
            ServletResponseMessage ok = unacknowledged(event.isServerTransaction() ? linked(transaction) : transaction);
            if (ok == null) {
                end(event, transaction);
            } else {
                ok.whenAcknowledged(() -> queues.execute(callId, () -> end(event, transaction)));
            }
        });
    }

    private void end(TransactionTerminatedEvent event, Transaction transaction) {
        super.processTransactionTerminated(event);
        executor.execute(() -> ForkedAnswers.ended(transaction)); // behind what the engine does
    }

    /** The other leg's client transaction: the engine clears it up together with this one. */
    private static Transaction linked(Transaction serverTransaction) {
        TransactionApplicationData data = (TransactionApplicationData) serverTransaction.getApplicationData();
        if (data == null || !(data.getSipServletMessage() instanceof ServletRequestMessage request)) {
            return null;
        }
        MobicentsSipSession session = request.getSipSession();
        MobicentsB2BUAHelper helper = session == null ? null : session.getB2buaHelper();
        SipServletRequest other = helper == null ? null : helper.getLinkedSipServletRequest(request);
        return other == null ? null : ((ServletRequestMessage) other).getTransaction();
    }

    /**
     * The 2xx of an INVITE of ours that nobody has acknowledged yet. The transaction itself ends with it (RFC 3261
     * section 17.1.1.2), but clearing up after the transaction would take from the application what it needs to make
     * the ACK, and third-party call control makes it as late as the other party answers.
     */
    private static ServletResponseMessage unacknowledged(Transaction transaction) {
        TransactionApplicationData data =
                transaction == null ? null : (TransactionApplicationData) transaction.getApplicationData();
        if (data == null || data.getProxyBranch() != null || data.getSipServletResponses() == null) {
            return null;
        }
        return data.getSipServletResponses().stream()
                .map(ServletResponseMessage.class::cast)
                .filter(ServletResponseMessage::awaitsAck)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        if (event.getSource() instanceof Transaction transaction) {
            queues.execute(callId(transaction), () -> {
                transit.failed(transaction, Response.SERVER_INTERNAL_ERROR); // RFC 3261 sections 16.9 and 16.7, step 6
                super.processIOException(event);
            });
        } else if (event.getSource() instanceof SIPDialog dialog && dialog.isServer() && !dialog.isAckSeen()) {
            // its 2xx can go nowhere any more, and the stack gives the dialog up
            processDialogTimeout(
                    new DialogTimeoutEvent(dialog.getSipProvider(), dialog, DialogTimeoutEvent.Reason.AckNotReceived));
        } else {
            LOG.debugf("the stack reports a failure on %s %s", event.getTransport(), event.getHost());
        }
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
