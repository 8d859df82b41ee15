package dev.rung.models.egress;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Sends relayed requests, and tells their {@link RelayCall} when it waits for the server. */
final class WatchedExecutor extends HttpRequestExecutor {
    private static final int MOST_INTERIM_REPLIES = 16;

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            @Nullable HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        if (!(context.getAttribute(RelayCall.KEY) instanceof RelayCall call)) {
            return super.execute(request, connection, information, context);
        }
        boolean done = false;
        try {
            call.connected(connection);
            connection.sendRequestHeader(request);
            connection.sendRequestEntity(request);
            connection.flush();
            ClassicHttpResponse response = head(connection, call);
            call.answers();
            connection.receiveResponseEntity(response);
            done = true;
            return response;
        } finally {
            if (!done) {
                connection.close(CloseMode.IMMEDIATE);
            }
        }
    }

    private static ClassicHttpResponse head(HttpClientConnection connection, RelayCall call)
            throws IOException, HttpException {
        call.waits();
        try {
            for (int i = 0; i < MOST_INTERIM_REPLIES; i++) {
                ClassicHttpResponse response = connection.receiveResponseHeader();
                if (isFinal(response)) {
                    return response;
                }
            }
        } finally {
            call.gets();
        }
        throw new ProtocolException("more than %d interim replies", MOST_INTERIM_REPLIES);
    }

    private static boolean isFinal(HttpResponse response) {
        return response.getCode() >= 200;
    }
}
