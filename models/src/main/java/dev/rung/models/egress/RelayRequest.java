package dev.rung.models.egress;

import dev.rung.core.model.Residency;
import java.net.URI;
import java.util.List;

/**
 * A request that is passed on.
 *
 * @param place where the server runs; {@link Residency#LOCAL} is checked, the others are taken on trust
 * @param fields names and values of the header, in turn; may hold secrets, which is why this record never prints them
 * @param times how long a connection, and then each part of the reply, may be waited for
 */
public record RelayRequest(
        String method, URI uri, Residency place, List<String> fields, Pieces body, RelayTimes times) {
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
