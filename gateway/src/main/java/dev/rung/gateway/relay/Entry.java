package dev.rung.gateway.relay;

/** A call that the breakers of a deployment have let in, until it is over. */
record Entry(Health health, Breaker.Pass pass) implements AutoCloseable {
    @Override
    public void close() {
        health.left(pass);
    }
}
