"""Runs scim2-tester against BASE_URL with TOKEN and prints every result as JSON."""

import json
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server

base_url, token = sys.argv[1:3]
http = Client(base_url=base_url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
results = check_server(SyncSCIMClient(http))
json.dump(
    [
        {
            "status": result.status.name,
            "resourceType": result.resource_type or "",
            "check": result.title,
            "reason": result.reason or "",
            "data": str(result.data)[:2000] if result.status.name not in ("SUCCESS", "COMPLIANT") else "",
        }
        for result in results
    ],
    sys.stdout,
)
