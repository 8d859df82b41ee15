package dev.rung.models.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A socket that counts each connection attempt, and for local calls refuses to reach another machine, whoever chose the address. */
final class GuardedSocket extends Socket {
    private final Reach reach;
    private final AtomicLong attempts;

    GuardedSocket(Reach reach, AtomicLong attempts) {
        this.reach = reach;
        this.attempts = attempts;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (reach == Reach.THIS_MACHINE && !isLoopback(endpoint)) {
            throw new RefusedAddress(endpoint + " is not this machine");
        }
        attempts.incrementAndGet();
        super.connect(endpoint, timeout);
    }

    private static boolean isLoopback(SocketAddress endpoint) {
        return endpoint instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && inet.getAddress().isLoopbackAddress();
    }
}
