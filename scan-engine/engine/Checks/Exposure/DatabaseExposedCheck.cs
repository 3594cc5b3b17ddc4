namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A database can be reached from the internet.</summary>
internal sealed class DatabaseExposedCheck() : ExposedService("database-exposed", qod: 95, "mysql", "postgresql", "ms-sql-s", "oracle-tns", "mongodb", "redis", "memcached", "elasticsearch", "couchdb", "cassandra", "influxdb", "etcd-client", "zookeeper");
