// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import io.ifbus.sip.rest.problem.Problem;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import io.ifbus.sip.route.PlacedRoute;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteTable;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.route.UserHost;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Routes of calls that reach this node: listed, made, changed, deleted and tried. */
@Path("routes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class RoutesResource {

    private static final String ETAG = "Of the whole route table: the order of routes counts";
    private static final String IF_MATCH = "The ETag of the route table for which this edit is meant; * if any will do";

    private final Routes routes;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public RoutesResource() {
        this(null);
    }

    @Inject
    public RoutesResource(Routes routes) {
        this.routes = routes;
    }

    @GET
    @Operation(operationId = "listRoutes", summary = "All routes, in the order in which they are tried")
    @APIResponse(
            responseCode = "200",
            description = "The route table",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = RouteList.class)))
    public Response list() {
        RouteTable table = routes.table();
        return Response.ok(RouteList.of(table)).tag(tag(table)).build();
    }

    @POST
    @Operation(operationId = "addRoute", summary = "Adds a route, behind the others of the API or at its position")
    @APIResponse(
            responseCode = "201",
            description = "The route counts from the next call on",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where the route can be changed and deleted",
                        schema = @Schema(type = SchemaType.STRING, format = "uri")),
                @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = RouteBody.class)))
    public Response add(
            @RequestBody(required = true) RouteBody body,
            @Parameter(description = IF_MATCH) @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @Context UriInfo uri) {
        Route route = required(body).route();
        return created(routes.add(route, body.place(), IfMatch.table(ifMatch)), route.name(), uri);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getRoute", summary = "One route")
    @APIResponse(
            responseCode = "200",
            description = "The route",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = RouteBody.class)))
    public Response get(@PathParam("name") String name) {
        return ok(routes.table(), name);
    }

    @PUT
    @Path("{name}")
    @Operation(operationId = "putRoute", summary = "Replaces a route where it stands, or adds it")
    @APIResponse(
            responseCode = "200",
            description = "The route is replaced, from the next call on",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = RouteBody.class)))
    @APIResponse(
            responseCode = "201",
            description = "The route is new and counts from the next call on",
            headers = {
                @Header(
                        name = "Location",
                        description = "The same address",
                        schema = @Schema(type = SchemaType.STRING, format = "uri")),
                @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = RouteBody.class)))
    public Response put(
            @PathParam("name") String name,
            @RequestBody(required = true) RouteBody body,
            @Parameter(description = IF_MATCH) @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
            @Context UriInfo uri) {
        Routes.Put put = routes.put(required(body).routeAt(name), body.place(), IfMatch.route(name, ifMatch));
        return put.created() ? created(put.table(), name, uri) : ok(put.table(), name);
    }

    @DELETE
    @Path("{name}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE}) // clients may ask for the form of a refusal alone
    @Operation(operationId = "deleteRoute", summary = "Deletes a route; calls that it has taken go on")
    @APIResponse(
            responseCode = "204",
            description = "The route is gone, from the next call on",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = SchemaType.STRING)))
    public Response delete(
            @PathParam("name") String name,
            @Parameter(description = IF_MATCH) @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch) {
        return Response.noContent()
                .tag(tag(routes.remove(name, IfMatch.route(name, ifMatch))))
                .build();
    }

    @POST
    @Path("test")
    @Operation(operationId = "testRoutes", summary = "Which route would take a call; nothing is called")
    @APIResponse(
            responseCode = "200",
            description = "The first route that matches, if any does",
            content = @Content(schema = @Schema(implementation = TrialResult.class)))
    public Response test(@RequestBody(required = true) TrialBody body) {
        TrialBody trial = required(body);
        UserHost dialled = trial.dialled();
        RouteTable table = routes.table();
        Optional<PlacedRoute> found = routes.find(table, dialled.user(), dialled.host(), trial.caller(), trial.values())
                .flatMap(route -> table.named(route.name()));
        return Response.ok(TrialResult.of(found, dialled.user())).build();
    }

    private static <T> T required(T body) {
        if (body == null) {
            throw new RequestRefused(ProblemType.MALFORMED_BODY, "A JSON object is needed");
        }
        return body;
    }

    private static Response ok(RouteTable table, String name) {
        return Response.ok(body(table, name)).tag(tag(table)).build();
    }

    private static Response created(RouteTable table, String name, UriInfo uri) {
        return Response.created(
                        uri.getBaseUriBuilder().path("routes").path(name).build())
                .entity(body(table, name))
                .tag(tag(table))
                .build();
    }

    private static RouteBody body(RouteTable table, String name) {
        return table.named(name)
                .map(RouteBody::of)
                .orElseThrow(() -> new RequestRefused(
                        ProblemType.NO_SUCH_ROUTE, "The last part of the address is no route's name"));
    }

    private static EntityTag tag(RouteTable table) {
        return new EntityTag(table.version());
    }
}
