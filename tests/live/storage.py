"""An account that keeps a history of bundles in S3: one bucket that lets itself be read, and one that does not."""

import os
import pathlib

import boto3

# Smaller than the history has folders, so that whoever stops at the first page is found out.
PAGES = {"s3:ListObjectsV2": 1}


def seed(endpoint, _now):
    s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    top = pathlib.Path(os.environ["HISTORY"])
    for bucket in ("acme-evidence", "acme-locked"):
        s3.create_bucket(Bucket=bucket)
    for file in sorted(path for path in top.rglob("*") if path.is_file()):
        s3.put_object(Bucket="acme-evidence", Key=f"soc2/{file.relative_to(top).as_posix()}", Body=file.read_bytes())
    return {"caller": "arn:aws:sts::123456789012:assumed-role/evidence-reader/period"}
