package dev.rung.gateway.http;

/**
 * A request whose body has arrived, as an endpoint sees it.
 *
 * @param rest what follows the path of a route that ends with a slash; otherwise empty
 * @param query what follows the question mark, as sent; empty without one
 * @param content the body; empty for routes that take none
 */
public record Call(Arrival arrival, String rest, String query, RequestHeaders headers, Bytes content, Caller caller) {}
