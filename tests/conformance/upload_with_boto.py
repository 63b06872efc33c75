"""Uploads files with Amazon's own client: ENDPOINT BUCKET, then KEY=PATH lines on stdin.

Runs with moto's Python. The bucket keeps versions; a key that comes twice gets two. Prints the
version of each upload.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import boto3
from botocore.config import Config

endpoint, bucket = sys.argv[1:]
client = boto3.client(
    "s3",
    endpoint_url=endpoint,
    region_name="us-west-2",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(s3={"addressing_style": "path"}),
)
with suppress(client.exceptions.BucketAlreadyOwnedByYou):
    client.create_bucket(
        Bucket=bucket,
        CreateBucketConfiguration={"LocationConstraint": "us-west-2"},
        ACL="public-read",
    )
client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
for line in sys.stdin:
    key, _, path = line.strip().partition("=")
    with open(path, "rb") as file:
        answer = client.put_object(Bucket=bucket, Key=key, Body=file, ACL="public-read")
    print(answer["VersionId"], flush=True)
