"""A whole flow with scim2-client against BASE_URL with TOKEN, as an application that uses the library would do it.

The library validates every answer against the schemas that the server publishes. Prints each step that succeeded.
"""

import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import PatchOp, PatchOperation, SearchRequest
from scim2_models import NotFoundException, PreconditionFailedException, UniquenessException

base_url, token = sys.argv[1:3]
http = Client(base_url=base_url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
scim = SyncSCIMClient(http)


def step(what, holds=True):
    if not holds:
        raise SystemExit(f"FAILED: {what}")
    print(what)


def refused(what, exception, call):
    try:
        call()
    except exception:
        step(what)
        return
    raise SystemExit(f"FAILED: {what}")


def patch(model, *operations):
    return PatchOp[model](operations=[PatchOperation[model](**operation) for operation in operations])


scim.discover()
User = scim.get_resource_model("User")
Group = scim.get_resource_model("Group")
step("discovers User, Group and their schemas", User is not None and Group is not None)
config = scim.provider.config
step("reads that PATCH, filters, sorting and ETags are supported",
     all(part.supported for part in (config.patch, config.filter, config.sort, config.etag)))

people = [
    scim.create(User(user_name=f"flow.{number}@acme.example", display_name=f"Flow {number}", active=True,
                     name={"given_name": "Flow", "family_name": f"Number {number}"},
                     emails=[{"value": f"flow.{number}@mail.acme.example", "type": "work", "primary": True}]))
    for number in range(5)
]
step("creates five users, each with an id, a location and a version",
     all(person.id and person.meta.location and person.meta.version for person in people))
refused("is refused a userName that is taken", UniquenessException,
        lambda: scim.create(User(user_name="FLOW.0@acme.example")))

step("reads one back as it was created", scim.query(User, people[0].id).user_name == people[0].user_name)
found = scim.query(User, query_parameters=SearchRequest(filter='userName eq "flow.3@ACME.example"'))
step("finds one by userName", found.total_results == 1 and found.resources[0].id == people[3].id)
found = scim.query(User, query_parameters=SearchRequest(
    filter='emails[type eq "work" and value co "flow."] and not (displayName eq "Flow 4")',
    sort_by="userName", sort_order="descending", start_index=2, count=2))
step("pages through a sorted, filtered list",
     found.total_results == 4 and [user.display_name for user in found.resources] == ["Flow 2", "Flow 1"])
found = scim.search(User, SearchRequest(filter='displayName sw "Flow"', attributes=["userName"]))
step("searches with POST and gets only what it asked for",
     found.total_results == 5 and all(user.display_name is None and user.user_name for user in found.resources))

scim.modify(User, people[1].id, patch(
    User,
    {"op": "replace", "path": "displayName", "value": "Changed"},
    {"op": "add", "path": "emails", "value": [{"value": "flow.1@home.example", "type": "home"}]},
    {"op": "remove", "path": "name.givenName"},
))
changed = scim.query(User, people[1].id)
step("changes one with PATCH",
     changed.display_name == "Changed" and len(changed.emails) == 2 and changed.name.given_name is None)
stale = people[2].model_copy(deep=True)
people[2].display_name = "Replaced"
replaced = scim.replace(people[2])
step("replaces one with PUT", replaced.display_name == "Replaced" and replaced.meta.version != stale.meta.version)
refused("is refused a PUT with an old version", PreconditionFailedException, lambda: scim.replace(stale))

team = scim.create(Group(display_name="Flow team", members=[{"value": people[0].id}]))
step("creates a group with a member", [member.value for member in team.members] == [people[0].id])
scim.modify(Group, team.id, patch(
    Group,
    {"op": "add", "path": "members", "value": [{"value": person.id} for person in people[1:4]]},
    {"op": "remove", "path": f'members[value eq "{people[0].id}"]'},
))
team = scim.query(Group, team.id)
step("adds and removes members", {member.value for member in team.members} == {person.id for person in people[1:4]})
member = scim.query(User, people[1].id)
step("sees the group at the user", [group.value for group in member.groups or []] == [team.id])
team.members = team.members[:1]
team.display_name = "Flow team, smaller"
team = scim.replace(team)
step("replaces the group", len(team.members) == 1 and team.display_name == "Flow team, smaller")
found = scim.query(Group, query_parameters=SearchRequest(filter='displayName eq "flow TEAM, smaller"',
                                                         excluded_attributes=["members"]))
step("finds the group without its members", found.total_results == 1 and not found.resources[0].members)

scim.delete(User, team.members[0].value)
step("a deleted user is no member any more", not scim.query(Group, team.id).members)
refused("a deleted user is gone", NotFoundException, lambda: scim.query(User, people[1].id))
scim.delete(Group, team.id)
for person in people:
    if person.id != people[1].id:
        scim.delete(User, person.id)
found = scim.query(User, query_parameters=SearchRequest(filter='userName sw "flow."'))
step("deletes all that it made", found.total_results == 0)
