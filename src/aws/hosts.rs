//! What AWS's own host names say of what they lead to.

/// A DNS name as it compares with others: in lower case, without the last dot, and without what asks for IPv6 too.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html>
pub fn plain(name: &str) -> String {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.strip_prefix("dualstack.")
        .map_or(name.clone(), str::to_owned)
}

/// The host of an address on the web. What comes after it may be a token.
pub fn of_address(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

/// The bucket in the host name of a bucket, and whether it is that of its website.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>
pub fn bucket(host: &str) -> Option<(&str, bool)> {
    let rest = of_aws(host)?;
    // A bucket's name may have dots, and the words of the end; so the last one counts.
    let at = [".s3.", ".s3-"].iter().filter_map(|word| rest.rfind(word));
    let at = at
        .max()
        .or_else(|| rest.ends_with(".s3").then(|| rest.len() - 3))?;
    let (bucket, end) = rest.split_at_checked(at)?;
    (!bucket.is_empty()).then_some((bucket, end.starts_with(".s3-website")))
}

/// Whether it is the host name that all websites of buckets in a region share; an alias record leads through it to the
/// bucket of the record's own name.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/RoutingToS3Bucket.html>
pub fn is_shared_website(host: &str) -> bool {
    of_aws(host).is_some_and(|rest| rest.starts_with("s3-website"))
}

/// Whether it is a load balancer's.
/// <https://docs.aws.amazon.com/general/latest/gr/elb.html>
pub fn is_load_balancer(host: &str) -> bool {
    of_aws(host).is_some_and(|rest| rest.ends_with(".elb") || rest.contains(".elb."))
}

/// Whether it is a CloudFront distribution's.
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-returned.html>
pub fn is_distribution(host: &str) -> bool {
    host.ends_with(".cloudfront.net") || host.ends_with(".cloudfront.cn")
}

/// What stands before AWS's domain.
fn of_aws(host: &str) -> Option<&str> {
    [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"]
        .iter()
        .find_map(|domain| host.strip_suffix(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_without_what_does_not_tell_names_apart() {
        assert_eq!(
            plain("dualstack.Web-1.eu-west-1.elb.amazonaws.com."),
            "web-1.eu-west-1.elb.amazonaws.com"
        );
        assert_eq!(plain("www.example.com"), "www.example.com");
    }

    #[test]
    fn a_bucket_is_found_in_each_form_of_its_host_name() {
        for (host, found) in [
            ("acme.s3.amazonaws.com", Some(("acme", false))),
            ("acme.s3.eu-west-1.amazonaws.com", Some(("acme", false))),
            ("acme.s3-eu-west-1.amazonaws.com", Some(("acme", false))),
            (
                "www.acme.com.s3.us-east-1.amazonaws.com",
                Some(("www.acme.com", false)),
            ),
            ("a.s3.b.s3.us-east-1.amazonaws.com", Some(("a.s3.b", false))),
            (
                "acme.s3-website-us-east-1.amazonaws.com",
                Some(("acme", true)),
            ),
            (
                "acme.s3-website.eu-south-1.amazonaws.com",
                Some(("acme", true)),
            ),
            ("acme.s3.cn-north-1.amazonaws.com.cn", Some(("acme", false))),
            ("s3-website-us-east-1.amazonaws.com", None),
            ("s3.amazonaws.com", None),
            ("web-1.us-east-1.elb.amazonaws.com", None),
            ("acme.s3.example.com", None),
        ] {
            assert_eq!(bucket(host), found, "{host}");
        }
    }

    #[test]
    fn an_address_shows_its_host_and_nothing_else() {
        for (address, host) in [
            (
                "https://api.pager.example/v2/enqueue/*",
                "api.pager.example",
            ),
            ("https://hooks.example:8443?token=x", "hooks.example:8443"),
            ("https://hooks.example", "hooks.example"),
            ("https://hooks.example/[redacted]", "hooks.example"),
        ] {
            assert_eq!(of_address(address), host);
        }
    }

    #[test]
    fn load_balancers_of_either_kind_and_shared_websites_are_known() {
        for (host, balancer, website) in [
            ("web-1234.us-east-1.elb.amazonaws.com", true, false),
            ("net-1234.elb.eu-west-1.amazonaws.com", true, false),
            ("web-1234.cn-north-1.elb.amazonaws.com.cn", true, false),
            ("s3-website-us-east-1.amazonaws.com", false, true),
            ("s3-website.eu-south-1.amazonaws.com", false, true),
            ("acme.s3-website-us-east-1.amazonaws.com", false, false),
            ("elb.example.com", false, false),
        ] {
            assert_eq!(is_load_balancer(host), balancer, "{host}");
            assert_eq!(is_shared_website(host), website, "{host}");
        }
        assert!(is_distribution("d111111abcdef8.cloudfront.net"));
        assert!(!is_distribution("cloudfront.net.example.com"));
    }
}
