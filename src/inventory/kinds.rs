//! All kinds: which services declare what. A new service adds its module and its line here.

pub mod accessanalyzer;
pub mod account;
pub mod acm;
pub mod apigateway;
pub mod apigatewayv2;
pub mod application_autoscaling;
pub mod appsync;
pub mod arc_region_switch;
pub mod artifact;
pub mod athena;
pub mod auditmanager;
pub mod autoscaling;
pub mod backup;
pub mod bedrock;
pub mod cloudformation;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod codebuild;
pub mod codecommit;
pub mod codedeploy;
pub mod codepipeline;
pub mod codestar_notifications;
pub mod cognito_identity;
pub mod cognito_idp;
pub mod compute_optimizer;
pub mod config;
pub mod controltower;
pub mod datasync;
pub mod dax;
pub mod directconnect;
pub mod dms;
pub mod drs;
pub mod dynamodb;
pub mod ec2;
pub mod ecr;
pub mod ecs;
pub mod efs;
pub mod eks;
pub mod elasticache;
pub mod elasticbeanstalk;
pub mod elb;
pub mod elbv2;
pub mod emr;
pub mod environment;
pub mod events;
pub mod firehose;
pub mod fis;
pub mod fsx;
pub mod glue;
pub mod guardduty;
pub mod health;
pub mod iam;
pub mod identitystore;
pub mod inputs;
pub mod inspector2;
pub mod kafka;
pub mod kafkaconnect;
pub mod kinesis;
pub mod kms;
pub mod lambda;
pub mod logs;
pub mod macie2;
pub mod marketplace_agreement;
pub mod memorydb;
pub mod mq;
pub mod network_firewall;
pub mod opensearch;
pub mod organizations;
pub mod outposts;
pub mod ram;
pub mod rds;
pub mod redshift;
pub mod redshift_serverless;
pub mod resiliencehub;
pub mod resource_explorer_2;
pub mod resourcegroupstaggingapi;
pub mod route53;
pub mod route53domains;
pub mod route53resolver;
pub mod s3;
pub mod sagemaker;
pub mod secretsmanager;
pub mod security_ir;
pub mod securityhub;
pub mod service_quotas;
pub mod sesv2;
pub mod shield;
pub mod snowball;
pub mod sns;
pub mod sqs;
pub mod ssm;
pub mod ssm_incidents;
pub mod sso_admin;
pub mod statement;
pub mod stepfunctions;
pub mod storagegateway;
pub mod synthetics;
pub mod transfer;
pub mod wafv2;
pub mod workspaces;

use super::relate;
use super::schema::Schema;

/// Every kind with its fields and links.
pub fn schema() -> Schema {
    let declared = [
        accessanalyzer::kinds(),
        account::kinds(),
        acm::kinds(),
        apigateway::kinds(),
        apigatewayv2::kinds(),
        application_autoscaling::kinds(),
        appsync::kinds(),
        arc_region_switch::kinds(),
        artifact::kinds(),
        athena::kinds(),
        auditmanager::kinds(),
        autoscaling::kinds(),
        backup::kinds(),
        bedrock::kinds(),
        cloudformation::kinds(),
        cloudfront::kinds(),
        cloudtrail::kinds(),
        cloudwatch::kinds(),
        codebuild::kinds(),
        codecommit::kinds(),
        codedeploy::kinds(),
        codepipeline::kinds(),
        codestar_notifications::kinds(),
        cognito_identity::kinds(),
        cognito_idp::kinds(),
        compute_optimizer::kinds(),
        config::kinds(),
        controltower::kinds(),
        datasync::kinds(),
        dax::kinds(),
        directconnect::kinds(),
        dms::kinds(),
        drs::kinds(),
        dynamodb::kinds(),
        ec2::kinds(),
        ecr::kinds(),
        ecs::kinds(),
        efs::kinds(),
        eks::kinds(),
        elasticache::kinds(),
        elasticbeanstalk::kinds(),
        elb::kinds(),
        elbv2::kinds(),
        emr::kinds(),
        events::kinds(),
        firehose::kinds(),
        fis::kinds(),
        fsx::kinds(),
        glue::kinds(),
        guardduty::kinds(),
        health::kinds(),
        iam::kinds(),
        identitystore::kinds(),
        inputs::kinds(),
        inspector2::kinds(),
        kafka::kinds(),
        kafkaconnect::kinds(),
        kinesis::kinds(),
        kms::kinds(),
        lambda::kinds(),
        logs::kinds(),
        macie2::kinds(),
        marketplace_agreement::kinds(),
        memorydb::kinds(),
        mq::kinds(),
        network_firewall::kinds(),
        opensearch::kinds(),
        organizations::kinds(),
        outposts::kinds(),
        ram::kinds(),
        rds::kinds(),
        redshift::kinds(),
        redshift_serverless::kinds(),
        resiliencehub::kinds(),
        resource_explorer_2::kinds(),
        resourcegroupstaggingapi::kinds(),
        route53::kinds(),
        route53domains::kinds(),
        route53resolver::kinds(),
        s3::kinds(),
        sagemaker::kinds(),
        secretsmanager::kinds(),
        security_ir::kinds(),
        securityhub::kinds(),
        service_quotas::kinds(),
        sesv2::kinds(),
        shield::kinds(),
        snowball::kinds(),
        sns::kinds(),
        sqs::kinds(),
        ssm::kinds(),
        ssm_incidents::kinds(),
        sso_admin::kinds(),
        stepfunctions::kinds(),
        storagegateway::kinds(),
        synthetics::kinds(),
        transfer::kinds(),
        wafv2::kinds(),
        workspaces::kinds(),
    ]
    .into_iter()
    .flatten();
    relate::with_links(Schema::new(declared))
}
