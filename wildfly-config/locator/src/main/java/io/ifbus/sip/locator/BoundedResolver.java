// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverListener;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;

/** Asks several name servers in turn, each twice, and is done by its deadline. Used by one thread. */
final class BoundedResolver implements Resolver {
    private static final int ROUNDS = 2;

    private final List<InetSocketAddress> servers;
    private final long deadline; // by System.nanoTime

    BoundedResolver(List<InetSocketAddress> servers, long deadline) {
        this.servers = servers;
        this.deadline = deadline;
    }

    @Override
    public Message send(Message query) throws IOException {
        IOException failure = new IOException("there is no name server");
        int attempts = ROUNDS * servers.size();
        for (int attempt = 0; attempt < attempts; attempt++) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the time for this search is over");
            }
            try {
                Message answer =
                        ask(servers.get(attempt % servers.size()), query, Math.max(1, left / (attempts - attempt)));
                int code = answer.getRcode();
                if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
                    return answer;
                }
                failure = new IOException("a name server says " + Rcode.string(code)); // which says nothing of the name
            } catch (IOException e) { // lost or refused: the next one
                failure = e;
            }
        }
        throw failure;
    }

    private static Message ask(InetSocketAddress server, Message query, long millis) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server.getAddress().getHostAddress());
        resolver.setPort(server.getPort());
        resolver.setTimeout((int) (millis / 1000), (int) (millis % 1000));
        return resolver.send(query);
    }

    @Override
    public Object sendAsync(Message query, ResolverListener listener) {
        throw fixed();
    }

    @Override
    public void setPort(int port) {
        throw fixed();
    }

    @Override
    public void setTCP(boolean flag) {
        throw fixed();
    }

    @Override
    public void setIgnoreTruncation(boolean flag) {
        throw fixed();
    }

    @Override
    public void setEDNS(int level) {
        throw fixed();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void setEDNS(int level, int payloadSize, int flags, List options) {
        throw fixed();
    }

    @Override
    public void setTSIGKey(TSIG key) {
        throw fixed();
    }

    @Override
    public void setTimeout(int seconds, int millis) {
        throw fixed();
    }

    @Override
    public void setTimeout(int seconds) {
        throw fixed();
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("this resolver asks once, by its deadline");
    }
}
