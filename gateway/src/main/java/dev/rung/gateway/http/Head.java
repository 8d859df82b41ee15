package dev.rung.gateway.http;

/**
 * What of a request tells whose client sent it.
 *
 * @param path empty when the request could not be read that far
 * @param query what follows the question mark, as sent; empty without one
 */
public record Head(String path, String query, RequestHeaders headers) {}
