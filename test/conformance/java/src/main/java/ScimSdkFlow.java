import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.EnterpriseUser;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.BulkResponse;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole flow with SCIM-SDK's client against BASE_URL with TOKEN. Prints each step that succeeded. The client sends
 * startIndex and count of a search request as strings, which a strict server refuses (RFC 7644 §3.4.3): MODE `strict`
 * asks with GET instead.
 */
public class ScimSdkFlow {
  private static final String USERS = EndpointPaths.USERS;
  private static final String GROUPS = EndpointPaths.GROUPS;

  public static void main(String[] arguments) {
    ScimClientConfig config = ScimClientConfig.builder()
        .httpHeaders(Map.of("Authorization", "Bearer " + arguments[1])).build();
    try (ScimRequestBuilder scim = new ScimRequestBuilder(arguments[0], config)) {
      flow(scim, arguments[2].equals("strict"));
    }
  }

  private static void flow(ScimRequestBuilder scim, boolean isStrict) {
    ServiceProvider provider = scim.get(ServiceProvider.class, EndpointPaths.SERVICE_PROVIDER_CONFIG, null)
        .sendRequest().getResource();
    step("reads the service provider configuration",
        provider.getPatchConfig().isSupported() && provider.getBulkConfig().isSupported());

    List<User> people = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      ServerResponse<User> created = scim.create(User.class, USERS).setResource(person("sdk." + number)).sendRequest();
      check("creates a user", created, 201);
      people.add(created.getResource());
    }
    step("creates four users, each with id, location and version", people.stream().allMatch(
        user -> user.getId().isPresent() && user.getMeta().flatMap(meta -> meta.getLocation()).isPresent()
            && user.getMeta().flatMap(meta -> meta.getVersion()).isPresent()));
    step("keeps the enterprise extension", people.get(0).getEnterpriseUser()
        .flatMap(EnterpriseUser::getDepartment).orElse("").equals("Finance"));
    ServerResponse<User> duplicate = scim.create(User.class, USERS).setResource(person("SDK.0")).sendRequest();
    step("is refused a userName that is taken", duplicate.getHttpStatus() == 409
        && duplicate.getErrorResponse().getScimType().orElse("").equals("uniqueness"));

    String id = people.get(1).getId().get();
    ServerResponse<ListResponse<User>> found = scim.list(User.class, USERS)
        .filter("userName", Comparator.EQ, "Sdk.2@acme.example").build().get().sendRequest();
    check("finds one by userName", found, 200);
    step("finds one by userName", found.getResource().getTotalResults() == 1
        && found.getResource().getListedResources().get(0).getId().equals(people.get(2).getId()));
    var search = scim.list(User.class, USERS).filter("userName", Comparator.SW, "sdk.")
        .and("active", Comparator.EQ, true).build().sortBy("userName").sortOrder(SortOrder.DESCENDING)
        .startIndex(2).count(2);
    found = isStrict ? search.get().sendRequest() : search.post().sendRequest();
    check("searches", found, 200);
    step("searches, sorted and paged", found.getResource().getTotalResults() == 4
        && found.getResource().getListedResources().get(0).getId().equals(people.get(2).getId()));

    ServerResponse<User> patched = scim.patch(User.class, USERS, id)
        .addOperation().path("displayName").op(PatchOp.REPLACE).value("Patched").next()
        .path("emails").op(PatchOp.ADD)
        .valueNode(Email.builder().value("other@acme.example").type("other").build()).next()
        .path("name.givenName").op(PatchOp.REMOVE).build().sendRequest();
    step("changes one with PATCH: " + patched.getHttpStatus(), patched.isSuccess());
    User read = scim.get(User.class, USERS, id).sendRequest().getResource();
    step("reads what was changed", read.getDisplayName().orElse("").equals("Patched") && read.getEmails().size() == 2
        && read.getName().flatMap(Name::getGivenName).isEmpty());

    User replacement = person("sdk.1");
    replacement.setDisplayName("Replaced");
    String version = read.getMeta().get().getVersion().get().toString();
    ServerResponse<User> replaced = scim.update(User.class, USERS, id).setETagForIfMatch(version)
        .setResource(replacement).sendRequest();
    check("replaces one with PUT", replaced, 200);
    step("replaces one with PUT", replaced.getResource().getDisplayName().orElse("").equals("Replaced"));
    ServerResponse<User> stale = scim.update(User.class, USERS, id).setETagForIfMatch(version)
        .setResource(replacement).sendRequest();
    step("is refused a PUT with an old version", stale.getHttpStatus() == 412);

    Group team = Group.builder().displayName("SDK team")
        .members(List.of(Member.builder().value(people.get(0).getId().get()).build())).build();
    ServerResponse<Group> created = scim.create(Group.class, GROUPS).setResource(team).sendRequest();
    check("creates a group with a member", created, 201);
    String groupId = created.getResource().getId().get();
    ServerResponse<Group> grown = scim.patch(Group.class, GROUPS, groupId)
        .addOperation().path("members").op(PatchOp.ADD)
        .valueNode(Member.builder().value(people.get(2).getId().get()).build()).next()
        .path("members[value eq \"" + people.get(0).getId().get() + "\"]").op(PatchOp.REMOVE)
        .build().sendRequest();
    step("adds and removes members: " + grown.getHttpStatus(), grown.isSuccess());
    List<Member> members = scim.get(Group.class, GROUPS, groupId).sendRequest().getResource().getMembers();
    step("reads the members", members.size() == 1
        && members.get(0).getValue().equals(people.get(2).getId()));
    step("sees the group at the user", scim.get(User.class, USERS, people.get(2).getId().get()).sendRequest()
        .getResource().getGroups().size() == 1);

    ServerResponse<BulkResponse> bulk = scim.bulk().failOnErrors(1)
        .bulkRequestOperation(USERS).method(HttpMethod.POST).bulkId("new").data(person("sdk.bulk")).next()
        .bulkRequestOperation(GROUPS).method(HttpMethod.POST).bulkId("team")
        .data(Group.builder().displayName("SDK bulk team")
            .members(List.of(Member.builder().value("bulkId:new").type("User").build())).build())
        .sendRequest();
    check("creates a user and a group of it in bulk", bulk, 200);
    step("creates a user and a group of it in bulk", bulk.getResource().getFailedOperations().findAny().isEmpty()
        && bulk.getResource().getByBulkId("new").isPresent());
    for (String bulkId : List.of("team", "new")) {
      String location = bulk.getResource().getByBulkId(bulkId).flatMap(operation -> operation.getLocation()).get();
      String made = location.substring(location.lastIndexOf('/') + 1);
      step("deletes " + bulkId, scim.delete(User.class, bulkId.equals("new") ? USERS : GROUPS, made)
          .sendRequest().getHttpStatus() == 204);
    }

    step("deletes the group", scim.delete(Group.class, GROUPS, groupId).sendRequest().getHttpStatus() == 204);
    for (User user : people) {
      step("deletes a user", scim.delete(User.class, USERS, user.getId().get()).sendRequest().getHttpStatus() == 204);
    }
    step("a deleted user is gone", scim.get(User.class, USERS, id).sendRequest().getHttpStatus() == 404);
  }

  private static User person(String name) {
    return User.builder().userName(name + "@acme.example").displayName(name).active(true)
        .name(Name.builder().givenName("Given").familyName("Family").build())
        .emails(List.of(Email.builder().value(name + "@mail.acme.example").type("work").primary(true).build()))
        .enterpriseUser(EnterpriseUser.builder().department("Finance").employeeNumber(name).build()).build();
  }

  /** The library validates each answer against the RFC's schemas; an answer that it refuses is no success. */
  private static void check(String what, ServerResponse<?> answer, int status) {
    if (answer.getHttpStatus() != status || !answer.isSuccess()) {
      throw new IllegalStateException("FAILED: " + what + ": " + answer.getHttpStatus() + " " + answer.getResponseBody());
    }
  }

  private static void step(String what, boolean holds) {
    if (!holds) {
      throw new IllegalStateException("FAILED: " + what);
    }
    System.out.println(what);
  }
}
